import { parse, stringify } from "lossless-json";
import { isObject, type Json } from "./json";
import metaSchemas from "./meta-schemas.json" with { type: "json" };
import { type Schema, SchemaIndex } from "./schema-index";
import { Validator } from "./validator";

export const dialect = "https://json-schema.org/draft/2020-12/schema";
/** The URI of a schema without an `$id`; like every other URI, it is never fetched. */
const baseUri = "https://posthorn.invalid/schema";

const metaIndex = new SchemaIndex();
for (const document of metaSchemas) metaIndex.add(parse(stringify(document) ?? "") as Json, baseUri);

/**
 * Reads a schema, which may refer only to itself and to the specification's meta-schema.
 *
 * @param text JSON
 * @throws Unresolvable for an invalid `$id`
 */
export function loadSchema(text: string): { schema: Schema; validator: Validator } {
  const read = parse(text) as Json;
  const schema = typeof read === "boolean" || isObject(read) ? read : {};
  const index = new SchemaIndex(metaIndex);
  index.add(schema, baseUri);
  return { schema, validator: new Validator(index) };
}
