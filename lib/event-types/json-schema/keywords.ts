/** The keywords of JSON Schema 2020-12 that hold schemas: one, a list of them, or an object of them. */
export const schemaHolders: Record<string, "one" | "list" | "object"> = {
  $defs: "object",
  definitions: "object",
  allOf: "list",
  anyOf: "list",
  oneOf: "list",
  not: "one",
  if: "one",
  // biome-ignore lint/suspicious/noThenProperty: it is a keyword
  then: "one",
  else: "one",
  dependentSchemas: "object",
  prefixItems: "list",
  items: "one",
  contains: "one",
  properties: "object",
  patternProperties: "object",
  additionalProperties: "one",
  propertyNames: "one",
  unevaluatedItems: "one",
  unevaluatedProperties: "one",
  contentSchema: "one",
};

/** Those of them whose schemas judge the same value as the schema that they are in. */
export const inPlace = ["allOf", "anyOf", "oneOf", "not", "if", "then", "else", "dependentSchemas"] as const;

const others = [
  ...["$schema", "$id", "$anchor", "$ref", "$dynamicRef", "$dynamicAnchor", "$vocabulary", "$comment"],
  ...["type", "const", "enum", "multipleOf", "maximum", "exclusiveMaximum", "minimum", "exclusiveMinimum"],
  ...[
    "maxLength",
    "minLength",
    "pattern",
    "maxItems",
    "minItems",
    "uniqueItems",
    "maxContains",
    "minContains",
  ],
  ...["maxProperties", "minProperties", "required", "dependentRequired", "format"],
  ...["title", "description", "default", "deprecated", "readOnly", "writeOnly", "examples"],
  ...["contentEncoding", "contentMediaType"],
];

/** Keywords that the specification has, and `definitions`, which its meta-schema keeps for what is older. */
export const knownKeywords: ReadonlySet<string> = new Set([...Object.keys(schemaHolders), ...others]);
