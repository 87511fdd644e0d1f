export const eventsPerBatchMax = 500;
/** The largest body of a request, in bytes. */
export const requestBytesMax = 1024 * 1024;
/** The largest data of one event, in bytes of JSON. */
export const eventDataBytesMax = 256 * 1024;
export const idempotencyKeyLengthMax = 255;
/** The earliest year of an event: many parsers read smaller ones as years of the last century. */
export const occurredFromYear = 100;
/** For how many hours an idempotency key returns the first event. */
export const idempotencyHours = 24;
