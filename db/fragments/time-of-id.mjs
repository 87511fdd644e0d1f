/**
 * SQL of when a UUIDv7 was made, in milliseconds: its first 48 bits (RFC 9562, section 5.7).
 * @param {string} column
 */
export const msOfId = (column) => `('x' || translate(left(${column}::text, 13), '-', ''))::bit(48)::bigint`;

/**
 * SQL of the hour in which a UUIDv7 was made.
 * @param {string} column
 */
export const hourOfId = (column) => `to_timestamp(${msOfId(column)} / 3600000 * 3600)`;

/**
 * SQL of the minute in which a UUIDv7 was made.
 * @param {string} column
 */
export const minuteOfId = (column) => `to_timestamp(${msOfId(column)} / 60000 * 60)`;

/**
 * SQL of the five minutes in which a UUIDv7 was made: their beginning.
 * @param {string} column
 */
export const fiveMinutesOfId = (column) => `to_timestamp(${msOfId(column)} / 300000 * 300)`;
