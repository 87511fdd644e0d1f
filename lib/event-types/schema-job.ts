import type { FieldError } from "../core/errors";

/** Data of one event that its type's schema judges. */
export type DataCheck = {
  /** JSON text, as the data is. */
  schema: string;
  data: string;
  /** The path of the data in the request. */
  path: string;
};

/** Work for a thread that judges by schemas: the data of one request, or a schema that is to be saved. */
export type SchemaJob = { data: DataCheck[] } | { schema: string };
/** Threads of one kind try data once and not for long; those of the other give it all its time. */
export type SchemaThreadKind = "quick" | "patient";
/** What such a thread is asked. */
export type SchemaQuestion = { kind: SchemaThreadKind; job: SchemaJob };
/** The first thing that is wrong with each, or the index in the job at which the time ran out. */
export type SchemaVerdict = { errors: FieldError[] } | { timedOutAt: number };
