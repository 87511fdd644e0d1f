import { childOf, type Failure, furthest, type Place } from "./failure";
import { isNumber, isObject, type Json, type JsonObject, own } from "./json";
import type { Schema } from "./schema-index";
import type { Keyword, Step, Subject, Validator } from "./validator";

const unknownField = "is not a field in the schema of its type";

const isSchema = (value: Json | undefined): value is Schema => typeof value === "boolean" || isObject(value);
const listOf = (value: Json | undefined): Schema[] => (Array.isArray(value) ? value.filter(isSchema) : []);
const mapOf = (value: Json | undefined): [key: string, schema: Schema][] =>
  isObject(value)
    ? Object.entries(value).filter((entry): entry is [string, Schema] => isSchema(entry[1]))
    : [];

/** A part of the subject's value, whose results do not count as evaluated by the subject's own schema. */
const part = ({ scope }: Subject, value: Json, at: Place): Subject => ({ value, at, scope, seen: null });

function judgeFields(
  validator: Validator,
  subject: Subject,
  schema: Schema,
  names: string[],
): Failure | null {
  for (const name of names) {
    const { value, at, seen } = subject;
    const field = isObject(value) ? own(value, name) : undefined;
    if (field === undefined) continue;
    const place = childOf(at, name);
    if (schema === false) return { at: place, message: unknownField };
    const failure = validator.judge(schema, part(subject, field, place));
    if (failure) return failure;
    seen?.properties.add(name);
  }
  return null;
}

function judgeItems(
  validator: Validator,
  subject: Subject,
  schema: Schema,
  from: number,
  skip?: Set<number>,
): Failure | null {
  const { value, at, seen } = subject;
  if (!Array.isArray(value)) return null;
  for (let place = from; place < value.length; place += 1) {
    if (skip?.has(place)) continue;
    const failure = validator.judge(schema, part(subject, value[place] ?? null, childOf(at, place)));
    if (failure) return failure;
    seen?.items.add(place);
  }
  return null;
}

/** A keyword whose argument is one schema. */
function one(make: (schema: Schema, validator: Validator, parent: JsonObject) => Step): Keyword {
  return (argument, parent, validator) => (isSchema(argument) ? make(argument, validator, parent) : null);
}

function patternsOf(argument: Json | undefined): [RegExp, Schema][] {
  return mapOf(argument).map(([pattern, schema]) => [new RegExp(pattern, "u"), schema]);
}

/** Follows a reference (Core, section 8.2.3); a dynamic one leads to the outermost document that has its anchor. */
function reference(dynamic: boolean): Keyword {
  return (argument, parent, validator) => {
    if (typeof argument !== "string") return null;
    const { schema, anchor } = validator.index.resolve(argument, validator.index.homeOf(parent));
    const isDynamic = dynamic && isObject(schema) && own(schema, "$dynamicAnchor") === anchor;
    return (subject) => {
      const outermost = isDynamic && subject.scope.find(({ dynamicAnchors }) => dynamicAnchors.has(anchor));
      const target = outermost ? outermost.dynamicAnchors.get(anchor) : schema;
      return validator.judge(target ?? schema, subject);
    };
  };
}

/**
 * Keywords that apply schemas, in the order in which they are evaluated: those for unevaluated parts come last (Core,
 * 10 and 11).
 */
export const applicators: Record<string, Keyword> = {
  $ref: reference(false),
  $dynamicRef: reference(true),
  properties: (argument, _, validator) => {
    const fields = mapOf(argument);
    return (subject) => {
      for (const [name, schema] of fields) {
        const failure = judgeFields(validator, subject, schema, [name]);
        if (failure) return failure;
      }
      return null;
    };
  },
  patternProperties: (argument, _, validator) => {
    const patterns = patternsOf(argument);
    return (subject) => {
      const names = isObject(subject.value) ? Object.keys(subject.value) : [];
      for (const [pattern, schema] of patterns) {
        const matching = names.filter((name) => pattern.test(name));
        const failure = judgeFields(validator, subject, schema, matching);
        if (failure) return failure;
      }
      return null;
    };
  },
  additionalProperties: one((schema, validator, parent) => {
    const known = new Set(mapOf(own(parent, "properties")).map(([name]) => name));
    const patterns = patternsOf(own(parent, "patternProperties"));
    return (subject) => {
      const names = isObject(subject.value) ? Object.keys(subject.value) : [];
      const left = names.filter(
        (name) => !known.has(name) && !patterns.some(([pattern]) => pattern.test(name)),
      );
      return judgeFields(validator, subject, schema, left);
    };
  }),
  propertyNames: one((schema, validator) => (subject) => {
    for (const name of isObject(subject.value) ? Object.keys(subject.value) : []) {
      const failure = validator.judge(schema, part(subject, name, childOf(subject.at, name)));
      if (failure) return { ...failure, message: `has a name that ${failure.message}` };
    }
    return null;
  }),
  dependentSchemas: (argument, _, validator) => {
    const rules = mapOf(argument);
    return (subject) => {
      for (const [name, schema] of rules) {
        const applies = isObject(subject.value) && Object.hasOwn(subject.value, name);
        const failure = applies ? validator.judge(schema, subject) : null;
        if (failure) return failure;
      }
      return null;
    };
  },
  prefixItems: (argument, _, validator) => {
    const schemas = listOf(argument);
    return (subject) => {
      const { value, at, seen } = subject;
      if (!Array.isArray(value)) return null;
      for (const [place, item] of value.slice(0, schemas.length).entries()) {
        const failure = validator.judge(schemas[place] ?? true, part(subject, item, childOf(at, place)));
        if (failure) return failure;
        seen?.items.add(place);
      }
      return null;
    };
  },
  items: one((schema, validator, parent) => {
    const from = listOf(own(parent, "prefixItems")).length;
    return (subject) => judgeItems(validator, subject, schema, from);
  }),
  contains: one((schema, validator, parent) => {
    const [least, most] = [own(parent, "minContains"), own(parent, "maxContains")];
    const min = isNumber(least) ? Number(least) : 1;
    const max = isNumber(most) ? Number(most) : Number.POSITIVE_INFINITY;
    return (subject) => {
      const { value, at, seen } = subject;
      if (!Array.isArray(value)) return null;
      let count = 0;
      for (const [place, item] of value.entries()) {
        if (validator.judge(schema, part(subject, item, childOf(at, place)))) continue;
        count += 1;
        seen?.items.add(place);
      }
      if (count < min) return { at, message: `must contain at least ${min} items that match \`contains\`` };
      return count <= max
        ? null
        : { at, message: `must contain at most ${max} items that match \`contains\`` };
    };
  }),
  allOf: (argument, _, validator) => {
    const schemas = listOf(argument);
    return (subject) => {
      for (const schema of schemas) {
        const failure = validator.judge(schema, subject);
        if (failure) return failure;
      }
      return null;
    };
  },
  anyOf: (argument, _, validator) => {
    const schemas = listOf(argument);
    return (subject) => {
      const failures: Failure[] = [];
      for (const schema of schemas) {
        const failure = validator.judge(schema, subject);
        if (failure) failures.push(failure);
        else if (!subject.seen) return null;
      }
      return failures.length < schemas.length ? null : furthest(failures);
    };
  },
  oneOf: (argument, _, validator) => {
    const schemas = listOf(argument);
    return (subject) => {
      const failures = schemas.flatMap((schema) => validator.judge(schema, subject) ?? []);
      const matches = schemas.length - failures.length;
      if (matches === 0) return furthest(failures);
      return matches === 1
        ? null
        : { at: subject.at, message: `must match one schema of \`oneOf\`, and matches ${matches}` };
    };
  },
  not: one(
    (schema, validator) => (subject) =>
      validator.judge(schema, { ...subject, seen: null })
        ? null
        : { at: subject.at, message: "must not match the schema of `not`" },
  ),
  if: one((condition, validator, parent) => {
    const [met, unmet] = [own(parent, "then"), own(parent, "else")];
    return (subject) => {
      const branch = validator.judge(condition, subject) ? unmet : met;
      return isSchema(branch) ? validator.judge(branch, subject) : null;
    };
  }),
  unevaluatedItems: one((schema, validator) => (subject) => {
    const before = new Set(subject.seen?.items);
    return judgeItems(validator, subject, schema, 0, before);
  }),
  unevaluatedProperties: one((schema, validator) => (subject) => {
    const names = isObject(subject.value) ? Object.keys(subject.value) : [];
    const left = names.filter((name) => !subject.seen?.properties.has(name));
    return judgeFields(validator, subject, schema, left);
  }),
};
