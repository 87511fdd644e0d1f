import type { Mistake } from "./find-mistake";
import { isObject, type Json, type JsonObject, own } from "./json";
import { inPlace } from "./keywords";
import { heldSchemas } from "./schema-index";
import type { Validator } from "./validator";

/**
 * A schema that refers to itself without descending into the data would validate the same value endlessly. One that
 * descends into a field or an item ends with the data.
 */
export function findEndlessReference({ index }: Validator): Mistake | null {
  const state = new Map<JsonObject, "open" | "done">();

  function next(schema: JsonObject): [keyword: string, schema: Json][] {
    const steps: [string, Json][] = inPlace.flatMap((keyword) =>
      heldSchemas(schema, keyword).map(({ inner }): [string, Json] => [keyword, inner]),
    );
    for (const keyword of ["$ref", "$dynamicRef"]) {
      const reference = own(schema, keyword);
      if (typeof reference === "string")
        steps.push([keyword, index.resolve(reference, index.homeOf(schema)).schema]);
    }
    return steps;
  }

  function visit(schema: JsonObject): Mistake | null {
    state.set(schema, "open");
    for (const [keyword, inner] of next(schema)) {
      if (!isObject(inner) || state.get(inner) === "done") continue;
      const path = [...(index.paths.get(schema) ?? []), keyword];
      if (state.get(inner) === "open")
        return { path, message: "must not refer back to itself without going into a field or an item" };
      const mistake = visit(inner);
      if (mistake) return mistake;
    }
    state.set(schema, "done");
    return null;
  }

  for (const schema of index.paths.keys()) {
    const mistake = state.has(schema) ? null : visit(schema);
    if (mistake) return mistake;
  }
  return null;
}
