import type { FieldError } from "../core/errors";

/** The data of one event to be validated by its type's schema. */
export type DataCheck = {
  /** JSON text, as the data is. */
  schema: string;
  data: string;
  /** The path of the data in the request. */
  path: string;
};

/** Work for a thread that validates by schemas: the data of one request, or a schema to be saved. */
export type SchemaJob = { data: DataCheck[] } | { schema: string };
/** Threads of one kind try data once and briefly; those of the other kind give it all its time. */
export type SchemaThreadKind = "quick" | "patient";
/** The request to such a thread. */
export type SchemaQuestion = { kind: SchemaThreadKind; job: SchemaJob };
/** The first error of each, or the index in the job at which the time ran out. */
export type SchemaVerdict = { errors: FieldError[] } | { timedOutAt: number };
