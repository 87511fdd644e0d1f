/** SQL of the hour in which a UUIDv7 was made: its first 48 bits are milliseconds (RFC 9562). */
export const hourOfId = (column: string) =>
  `to_timestamp(('x' || translate(left(${column}::text, 13), '-', ''))::bit(48)::bigint / 3600000 * 3600)`;
