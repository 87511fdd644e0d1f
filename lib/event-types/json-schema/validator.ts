import { applicators } from "./applicators";
import { assertions } from "./assertions";
import type { Failure, Place } from "./failure";
import { type Json, type JsonObject, own } from "./json";
import { type Resource, type Schema, type SchemaIndex, Unresolvable } from "./schema-index";

/** Properties and items that a schema has evaluated, for `unevaluatedProperties` and `unevaluatedItems`. */
export type Seen = { properties: Set<string>; items: Set<number> };
/** A value and its place; `scope`: the documents passed on the way, outermost first (Core, section 7.1). */
export type Subject = { value: Json; at: Place; scope: Resource[]; seen: Seen | null };
/** One keyword of one schema. */
export type Step = (subject: Subject) => Failure | null;
/** Creates a keyword's step, `null` if it asserts nothing. @throws Unresolvable; SyntaxError of a pattern */
export type Keyword = (argument: Json, schema: JsonObject, validator: Validator) => Step | null;

/** A keyword that cannot be evaluated: an invalid pattern, or a reference that does not resolve. */
export class UnusableKeyword extends Error {
  override readonly name = "UnusableKeyword";
  constructor(
    readonly keyword: string,
    message: string,
  ) {
    super(message);
  }
}

type Prepared = { home: Resource; steps: Step[]; needsSeen: boolean };

const keywords = Object.entries({ ...assertions, ...applicators });

/**
 * Validates data by JSON Schema 2020-12. Numbers are compared by their digits and only own properties count, which no
 * validator on npm does. `format` and `content…` assert nothing, as is the specification's default.
 */
export class Validator {
  private readonly prepared = new Map<JsonObject, Prepared>();

  constructor(readonly index: SchemaIndex) {}

  /** What is wrong with a value, `null` if nothing is. */
  validate(schema: Schema, value: Json): Failure | null {
    return this.judge(schema, { value, at: null, scope: [], seen: null });
  }

  judge(schema: Schema, subject: Subject): Failure | null {
    if (schema === true) return null;
    if (schema === false) return { at: subject.at, message: "is not allowed" };
    const { home, steps, needsSeen } = this.prepare(schema);
    const scope = subject.scope.at(-1) === home ? subject.scope : [...subject.scope, home];
    const seen =
      needsSeen || subject.seen ? { properties: new Set<string>(), items: new Set<number>() } : null;
    const inner = { value: subject.value, at: subject.at, scope, seen };
    for (const step of steps) {
      const failure = step(inner);
      if (failure) return failure;
    }
    // What a failing schema has evaluated does not count.
    if (seen && subject.seen) {
      for (const key of seen.properties) subject.seen.properties.add(key);
      for (const item of seen.items) subject.seen.items.add(item);
    }
    return null;
  }

  /** @throws UnusableKeyword */
  prepare(schema: JsonObject): Prepared {
    const known = this.prepared.get(schema);
    if (known) return known;
    const made: Prepared = { home: this.index.homeOf(schema), steps: [], needsSeen: false };
    for (const [name, make] of keywords) {
      const argument = own(schema, name);
      const step = argument === undefined ? null : this.make(name, make, argument, schema);
      if (!step) continue;
      made.steps.push(step);
      if (name.startsWith("unevaluated")) made.needsSeen = true;
    }
    this.prepared.set(schema, made);
    return made;
  }

  private make(name: string, make: Keyword, argument: Json, schema: JsonObject): Step | null {
    try {
      return make(argument, schema, this);
    } catch (cause) {
      if (cause instanceof Unresolvable) throw new UnusableKeyword(name, cause.message);
      if (cause instanceof SyntaxError)
        throw new UnusableKeyword(name, `must be a regular expression (ECMA-262): ${cause.message}`);
      throw cause;
    }
  }
}
