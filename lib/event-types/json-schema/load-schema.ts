import { parse, stringify } from "lossless-json";
import { isObject, type Json } from "./json";
import metaSchemas from "./meta-schemas.json" with { type: "json" };
import { type Schema, SchemaIndex } from "./schema-index";
import { Validator } from "./validator";

export const dialect = "https://json-schema.org/draft/2020-12/schema";
/** What a schema without an `$id` is called; never fetched, like every other URI. */
const baseUri = "https://posthorn.invalid/schema";

const metaIndex = new SchemaIndex();
for (const document of metaSchemas) metaIndex.add(parse(stringify(document) ?? "") as Json, baseUri);

/**
 * Reads a schema, which may refer to itself and to the specification's meta-schema, and to nothing else.
 *
 * @param text JSON
 * @throws Unresolvable for an `$id` that is no URI
 */
export function loadSchema(text: string): { schema: Schema; validator: Validator } {
  const read = parse(text) as Json;
  const schema = typeof read === "boolean" || isObject(read) ? read : {};
  const index = new SchemaIndex(metaIndex);
  index.add(schema, baseUri);
  return { schema, validator: new Validator(index) };
}
