import type { LosslessNumber } from "lossless-json";
import { asText } from "./as-text";
import { compareNumbers, type ExactNumber, exactNumber, isInteger, isMultipleOf } from "./exact-number";
import { childOf, type Failure, type Place } from "./failure";
import { identityOf } from "./identity-of";
import { isNumber, isObject, type Json, own, typeOf } from "./json";
import type { Keyword, Step } from "./validator";

const fail = (at: Place, message: string): Failure => ({ at, message });
const strings = (value: Json | undefined): string[] =>
  Array.isArray(value) ? value.filter((item) => typeof item === "string") : [];
const exact = (value: number | LosslessNumber): ExactNumber => exactNumber(String(value));

/** A limit of numbers. */
function limit(sign: string, allows: (comparison: number) => boolean): Keyword {
  return (argument) => {
    if (!isNumber(argument)) return null;
    const bound = exact(argument);
    return ({ value, at }) =>
      !isNumber(value) || allows(compareNumbers(exact(value), bound))
        ? null
        : fail(at, `must be ${sign} ${argument}`);
  };
}

/** A limit of what is counted; `null` for values of another type. */
function countLimit(
  countOf: (value: Json) => number | null,
  words: (limit: number) => string,
  allows: (count: number, limit: number) => boolean,
): Keyword {
  return (argument) => {
    if (!isNumber(argument)) return null;
    const bound = Number(argument);
    return ({ value, at }) => {
      const count = countOf(value);
      return count === null || allows(count, bound) ? null : fail(at, `must ${words(bound)}`);
    };
  };
}

const atLeast = (count: number, bound: number) => count >= bound;
const atMost = (count: number, bound: number) => count <= bound;
/** Characters are code points (Validation, section 6.3.1). */
const lengthOf = (value: Json) => (typeof value === "string" ? [...value].length : null);
const itemsOf = (value: Json) => (Array.isArray(value) ? value.length : null);
const propertiesOf = (value: Json) => (isObject(value) ? Object.keys(value).length : null);

function isOfType(value: Json, type: string): boolean {
  if (type === "integer") return isNumber(value) && isInteger(exact(value));
  return typeOf(value) === type;
}

function requires(names: string[]): Step {
  return ({ value, at }) => {
    if (!isObject(value)) return null;
    const missing = names.find((name) => !Object.hasOwn(value, name));
    return missing === undefined ? null : fail(childOf(at, missing), "is missing");
  };
}

/** Keywords that check a value by themselves, in the order in which they are evaluated (Validation, section 6). */
export const assertions: Record<string, Keyword> = {
  type: (argument) => {
    const types = typeof argument === "string" ? [argument] : strings(argument);
    return ({ value, at }) =>
      types.some((type) => isOfType(value, type)) ? null : fail(at, `must be ${types.join(" or ")}`);
  },
  const: (argument) => {
    const identity = identityOf(argument);
    return ({ value, at }) =>
      identityOf(value) === identity ? null : fail(at, `must be ${asText(argument)}`);
  },
  enum: (argument) => {
    if (!Array.isArray(argument)) return null;
    const identities = new Set(argument.map(identityOf));
    const words = argument.map(asText).join(", ");
    return ({ value, at }) =>
      identities.has(identityOf(value)) ? null : fail(at, `must be one of ${words}`);
  },
  minimum: limit(">=", (comparison) => comparison >= 0),
  maximum: limit("<=", (comparison) => comparison <= 0),
  exclusiveMinimum: limit(">", (comparison) => comparison > 0),
  exclusiveMaximum: limit("<", (comparison) => comparison < 0),
  multipleOf: (argument) => {
    if (!isNumber(argument)) return null;
    const divisor = exact(argument);
    return ({ value, at }) =>
      !isNumber(value) || isMultipleOf(exact(value), divisor)
        ? null
        : fail(at, `must be a multiple of ${argument}`);
  },
  minLength: countLimit(lengthOf, (bound) => `have at least ${bound} characters`, atLeast),
  maxLength: countLimit(lengthOf, (bound) => `have at most ${bound} characters`, atMost),
  pattern: (argument) => {
    if (typeof argument !== "string") return null;
    const pattern = new RegExp(argument, "u");
    return ({ value, at }) =>
      typeof value !== "string" || pattern.test(value)
        ? null
        : fail(at, `must match the pattern ${argument}`);
  },
  minItems: countLimit(itemsOf, (bound) => `have at least ${bound} items`, atLeast),
  maxItems: countLimit(itemsOf, (bound) => `have at most ${bound} items`, atMost),
  uniqueItems: (argument) => {
    if (argument !== true) return null;
    return ({ value, at }) => {
      if (!Array.isArray(value)) return null;
      const identities = new Set<string>();
      const twice = value.findIndex((item) => identities.size === identities.add(identityOf(item)).size);
      return twice < 0 ? null : fail(childOf(at, twice), "is in the list more than once");
    };
  },
  minProperties: countLimit(propertiesOf, (bound) => `have at least ${bound} fields`, atLeast),
  maxProperties: countLimit(propertiesOf, (bound) => `have at most ${bound} fields`, atMost),
  required: (argument) => requires(strings(argument)),
  dependentRequired: (argument) => {
    if (!isObject(argument)) return null;
    const rules = Object.keys(argument).map(
      (name) => [name, requires(strings(own(argument, name)))] as const,
    );
    return (subject) => {
      for (const [name, rule] of rules) {
        const failure = isObject(subject.value) && Object.hasOwn(subject.value, name) ? rule(subject) : null;
        if (failure) return failure;
      }
      return null;
    };
  },
};
