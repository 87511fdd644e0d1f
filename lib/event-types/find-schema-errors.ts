import type { ErrorObject } from "ajv";
import type { FieldError } from "../errors";
import { compileSchema } from "./compile-schema";
import { withPlainNumbers } from "./with-plain-numbers";
import { withinTime } from "./within-time";

/** For all data of one request. Some schemas take forever: patterns, unique items, choices within choices. */
const checkMsMax = 100;

type SchemaCheck = {
  /** Workspace and type, for which the compiled schema is kept. */
  key: string;
  schema: string;
  data: unknown;
  /** Where the data stands in the request. */
  path: string;
};

/** What is wrong with data by its type's JSON Schema: the first error of each, with its path in the request. */
export function findSchemaErrors(checks: SchemaCheck[]): FieldError[] {
  const errors: FieldError[] = [];
  const prepared = checks.map(({ key, schema, data, path }) => ({
    path,
    data: withPlainNumbers(data),
    validate: compileSchema(key, schema),
  }));
  let path = "";
  const checkAll = () => {
    errors.length = 0;
    for (const check of prepared) {
      path = check.path;
      if (!check.validate(check.data)) errors.push(wordsFor(path, check.validate.errors?.at(-1)));
    }
  };
  // Twice, for the time is the wall's: that the machine once stood still says nothing about the data.
  if (withinTime(checkMsMax, checkAll) || withinTime(checkMsMax, checkAll)) return errors;
  const message = `could not be checked by its type's schema within ${checkMsMax} ms; send less, or make the schema simpler`;
  return [{ path, message }];
}

function wordsFor(path: string, error: ErrorObject | undefined): FieldError {
  if (!error) return { path, message: "breaks its type's schema" };
  const place = [path, ...error.instancePath.split("/").slice(1).map(unescapePointer)];
  const { keyword, params, message } = error;
  switch (keyword) {
    case "required":
      return { path: [...place, params.missingProperty].join("."), message: "is missing" };
    case "additionalProperties":
      return {
        path: [...place, params.additionalProperty].join("."),
        message: "is not a field of its type's schema",
      };
    case "unevaluatedProperties":
      return {
        path: [...place, params.unevaluatedProperty].join("."),
        message: "is not a field of its type's schema",
      };
    case "enum":
      return {
        path: place.join("."),
        message: `must be one of ${params.allowedValues.map(inJson).join(", ")}`,
      };
    case "const":
      return { path: place.join("."), message: `must be ${inJson(params.allowedValue)}` };
    default:
      return { path: place.join("."), message: message ?? `breaks ${keyword} of its type's schema` };
  }
}

const inJson = (value: unknown) => JSON.stringify(value);
/** RFC 6901, section 4. */
const unescapePointer = (part: string) => part.replaceAll("~1", "/").replaceAll("~0", "~");
