import { connectionHeaders } from "../../core/endpoints";

const names = new Set<string>(connectionHeaders);

/**
 * A response's headers as the log keeps them.
 *
 * @param headers by name, in lower case
 */
export function withoutConnectionHeaders(headers: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !names.has(name)));
}
