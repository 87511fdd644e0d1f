import { parse } from "lossless-json";
import type { FieldError } from "../core/errors";
import { pathOf } from "./json-schema/failure";
import { findMistake } from "./json-schema/find-mistake";
import type { Json } from "./json-schema/json";
import { loadSchema } from "./json-schema/load-schema";
import { Unresolvable } from "./json-schema/schema-index";
import { UnusableKeyword } from "./json-schema/validator";
import type { DataCheck, SchemaJob, SchemaQuestion, SchemaVerdict } from "./schema-job";
import { withinTime } from "./within-time";

/** For all data of one request. Some schemas never finish: patterns, nested references. */
export const dataMsMax = 100;
/** Almost all data takes far less. */
const quickMsMax = 20;
/** For a schema to be saved. */
export const schemaMsMax = 1_000;

type Loaded = ReturnType<typeof loadSchema>;

/**
 * How many characters of schemas are cached; the least recently used one is evicted first. Hand-written: `withinTime`
 * may stop the thread anywhere, which a Map survives, but lru-cache's lists might not.
 */
const keptCharactersMax = 4 * 1024 * 1024;
const kept = new Map<string, Loaded>();
let keptCharacters = 0;

/** Answers the request to a thread of a kind. */
export function answerQuestion({ kind, job }: SchemaQuestion): SchemaVerdict {
  return kind === "quick" ? runSchemaJob(job, quickMsMax, 1) : runSchemaJob(job);
}

/**
 * Does a job within its time, on the calling thread.
 *
 * @param dataMs for all data of the job, each time it is tried
 * @param triesMax more than one, because the time is wall-clock time: a pause of the machine says nothing about the
 *   data
 */
export function runSchemaJob(job: SchemaJob, dataMs: number = dataMsMax, triesMax = 2): SchemaVerdict {
  return "schema" in job ? judgeSchema(job.schema) : judgeData(job.data, dataMs, triesMax);
}

function judgeSchema(text: string): SchemaVerdict {
  let errors: FieldError[] = [];
  const finished = withinTime(schemaMsMax, () => {
    const mistake = withoutOverflow(() => findMistake(text), {
      path: [],
      message: "is nested too deeply",
    });
    errors = mistake ? [{ path: ["schema", ...mistake.path].join("."), message: mistake.message }] : [];
  });
  return finished ? { errors } : { timedOutAt: 0 };
}

function judgeData(checks: DataCheck[], dataMs: number, triesMax: number): SchemaVerdict {
  const errors: FieldError[] = [];
  let at = 0;
  const judgeAll = () => {
    errors.length = 0;
    for (at = 0; at < checks.length; at += 1) errors.push(...judgeOne(checks[at]));
  };
  for (let tries = 0; tries < triesMax; tries += 1) {
    // The time may also be up after the last of them.
    if (withinTime(dataMs, judgeAll) || at === checks.length) return { errors };
  }
  // If it was stopped while parsing, the result may be incomplete.
  forget(checks[at]?.schema ?? "");
  return { timedOutAt: at };
}

function judgeOne(check: DataCheck | undefined): FieldError[] {
  if (!check) return [];
  const unusable = (why: string) => [
    { path: check.path, message: `could not be validated against the schema of its type: ${why}` },
  ];
  try {
    return withoutOverflow(() => {
      const { schema, validator } = load(check.schema);
      const failure = validator.validate(schema, parse(check.data) as Json);
      return failure
        ? [{ path: [check.path, ...pathOf(failure.at)].join("."), message: failure.message }]
        : [];
    }, unusable("it is nested too deeply, or refers to itself endlessly"));
  } catch (error) {
    // An earlier version accepted it; today it would be refused when it is saved.
    if (error instanceof UnusableKeyword) return unusable(`its ${error.keyword} ${error.message}`);
    if (error instanceof Unresolvable) return unusable(error.message);
    throw error;
  }
}

function withoutOverflow<T>(work: () => T, otherwise: T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof RangeError) return otherwise;
    throw error;
  }
}

function load(text: string): Loaded {
  const loaded = kept.get(text) ?? loadSchema(text);
  forget(text);
  kept.set(text, loaded);
  keptCharacters += text.length;
  for (const oldest of kept.keys()) {
    if (keptCharacters <= keptCharactersMax) break;
    forget(oldest);
  }
  return loaded;
}

function forget(text: string): void {
  if (kept.delete(text)) keptCharacters -= text.length;
}
