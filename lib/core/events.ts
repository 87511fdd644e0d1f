export const eventsPerBatchMax = 500;
/** Bytes of a request's body. */
export const requestBytesMax = 1024 * 1024;
/** Bytes of one event's data, as JSON. */
export const eventDataBytesMax = 256 * 1024;
export const idempotencyKeyLengthMax = 255;
/** Of what happened: a smaller year is read as one of the last century by many a parser. */
export const occurredFromYear = 100;
/** Hours for which an idempotency key answers with the first event. */
export const idempotencyHours = 24;
