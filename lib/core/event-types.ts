/** Names of event types: dot-separated words of letters, digits, `_` and `-`, as in `invoice.payment_failed`. */
export const eventTypeNamePattern = /^[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)*$/;
export const eventTypeNameLengthMax = 128;
export const eventTypeNameMessage =
  "must be names of letters, digits, _ or -, separated by dots, like invoice.payment_failed";
/** The largest JSON Schema of a type, in bytes of JSON. */
export const eventTypeSchemaBytesMax = 64 * 1024;
/** The largest example of a type, in bytes of JSON: as large as an event's data. */
export const eventTypeExampleBytesMax = 256 * 1024;
