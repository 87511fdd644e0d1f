import { keptHeaderBytesMax } from "../../core/delivery-limits";
import { invalidResponse } from "./invalid-response";

/** The headers of a response, line by line (RFC 9112, section 5), in time linear in the lines' length. */
export class HeaderFields {
  /** By lower-cased name, repeated ones joined by commas. Without a prototype, because one may be called __proto__. */
  readonly values: Record<string, string> = Object.create(null);
  private lastName = "";

  /** @param line without its line ending, and not empty @throws AttemptFailure `invalid_response` */
  add(line: string): void {
    if (line.includes("\0")) throw invalidResponse("Its headers contain a NUL character");
    if (isBlank(line.charCodeAt(0))) {
      this.fold(trim(line));
      return;
    }
    const colon = line.indexOf(":");
    if (colon < 0)
      throw invalidResponse(`It has a header line without a colon: ${JSON.stringify(line.slice(0, 100))}`);
    const name = trim(line.slice(0, colon)).toLowerCase();
    const value = trim(line.slice(colon + 1));
    this.lastName = name;
    if (name === "") return;
    const before = this.values[name];
    this.values[name] = before === undefined ? value : `${before}, ${value}`;
  }

  /** A value that continues in the next line (RFC 9112, section 5.2). */
  private fold(more: string): void {
    if (this.lastName === "") return;
    const before = this.values[this.lastName];
    this.values[this.lastName] = before ? `${before} ${more}` : more;
  }

  /** As many as fit into the limit, in order: one that is too long does not displace those after it. */
  bounded(): Record<string, string> {
    let room = keptHeaderBytesMax;
    const kept: Record<string, string> = Object.create(null);
    for (const name in this.values) {
      const value = this.values[name] ?? "";
      const bytes = `${name}: \r\n`.length + value.length;
      if (bytes > room) continue;
      room -= bytes;
      kept[name] = value;
    }
    return kept;
  }
}

/** Without surrounding spaces and tabs (RFC 9110, section 5.5). A regular expression would take quadratic time. */
function trim(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && isBlank(text.charCodeAt(start))) start += 1;
  while (end > start && isBlank(text.charCodeAt(end - 1))) end -= 1;
  return text.slice(start, end);
}

const isBlank = (code: number) => code === 32 || code === 9;
