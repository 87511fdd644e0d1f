/** A text without its escapes; `starts` and `ends` give each character's place in the original. */
export type Unescaped = { text: string; starts: number[]; ends: number[] };

/** Nested escapes, such as JSON in JSON, or a URL in a URL. */
const passesMax = 4;
const entities: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };
const escapes =
  /\\+u([\da-f]{4})|%([\da-f]{2})|&#(\d{1,7});|&#x([\da-f]{1,6});|&(amp|lt|gt|quot|apos);|\\+|\+/gi;

/**
 * Removes the escapes of JSON, URLs and HTML from a text, whichever it has, so that a value and its encoded forms
 * become equal: backslashes are removed, and `+` is a space. Takes time linear in the text's length.
 */
export function removeEscapes(text: string): Unescaped {
  const positions = Array.from({ length: text.length }, (_, at) => at);
  let current: Unescaped = { text, starts: positions, ends: positions.map((at) => at + 1) };
  for (let pass = 0; pass < passesMax; pass += 1) {
    const next = unescapeOnce(current);
    if (next.text === current.text) break;
    current = next;
  }
  return current;
}

function unescapeOnce({ text, starts, ends }: Unescaped): Unescaped {
  const parts: string[] = [];
  const next: Unescaped = { text: "", starts: [], ends: [] };
  let from = 0;
  const copy = (to: number) => {
    parts.push(text.slice(from, to));
    for (let at = from; at < to; at += 1) {
      next.starts.push(starts[at] ?? 0);
      next.ends.push(ends[at] ?? 0);
    }
  };
  for (const match of text.matchAll(escapes)) {
    copy(match.index);
    from = match.index + match[0].length;
    const character = meaningOf(match);
    if (character === "") continue;
    parts.push(character);
    next.starts.push(starts[match.index] ?? 0);
    next.ends.push(ends[from - 1] ?? 0);
  }
  copy(text.length);
  next.text = parts.join("");
  return next;
}

function meaningOf([whole, json, percent, decimal, hexadecimal, entity]: RegExpExecArray): string {
  const hex = json ?? percent ?? hexadecimal;
  if (hex !== undefined) return characterOf(Number.parseInt(hex, 16));
  if (decimal !== undefined) return characterOf(Number(decimal));
  if (entity !== undefined) return entities[entity.toLowerCase()] ?? "";
  return whole === "+" ? " " : "";
}

/** A character that no header value contains could not be part of one. */
function characterOf(code: number): string {
  return code < 0x80 ? String.fromCharCode(code) : "\ufffd";
}
