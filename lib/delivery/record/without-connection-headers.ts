import { connectionHeaders } from "../../core/endpoints";

const names = new Set<string>(connectionHeaders);

/**
 * A response's headers as stored in the log.
 *
 * @param headers by name, in lower case
 */
export function withoutConnectionHeaders(headers: Record<string, string>): Record<string, string> {
  const kept: Record<string, string> = Object.create(null);
  for (const name in headers) {
    if (!names.has(name)) kept[name] = headers[name] ?? "";
  }
  return kept;
}
