/**
 * When a UUIDv7 was made: its first 48 bits are milliseconds (RFC 9562, section 5.7).
 * @param {string} uuid
 * @returns {Date}
 */
export function timeOfId(uuid) {
  return new Date(Number.parseInt(uuid.slice(0, 13).replace("-", ""), 16));
}
