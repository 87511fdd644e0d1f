/**
 * A UUIDv7 with microseconds (RFC 9562, section 6.2), for a moment by the database's clock.
 *
 * @param us microseconds since 1970
 * @param place 0 to 3, to order ids of the same moment that belong together
 */
export const newIdAtMicroseconds = (us: string, place: string) =>
  `(lpad(to_hex(${us} / 1000), 12, '0') || '7' || lpad(to_hex(${us} % 1000 * 4 + ${place}), 3, '0') || '8'
      || substr(md5(random()::text), 1, 15))::uuid`;

/** The present time by the database's clock, in microseconds since 1970. */
export const microseconds = "(extract(epoch from clock_timestamp()) * 1e6)::bigint";
