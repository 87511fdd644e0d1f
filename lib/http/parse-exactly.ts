const [quote, backslash] = [0x22, 0x5c];
const isSpace = (code: number) => code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09;

/**
 * Parses with the platform's parser if that loses nothing: if serializing the value gives the same text, except for
 * spaces between tokens. Then each number has all its digits, and no key occurred twice. It takes a tenth of the
 * lossless parser's time.
 *
 * @returns `undefined` if something would be lost, or the text is not JSON
 */
export function parseExactly(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return saysTheSame(text, JSON.stringify(value)) ? value : undefined;
  } catch {
    // Not JSON, or nested too deeply to be serialized.
    return undefined;
  }
}

/** Whether a text equals a compact one, except for added spaces between tokens. */
function saysTheSame(text: string, compact: string): boolean {
  if (text.length <= compact.length) return text === compact;
  let at = 0;
  let isInString = false;
  for (let place = 0; place < text.length; place += 1) {
    const code = text.charCodeAt(place);
    if (code !== compact.charCodeAt(at)) {
      if (isInString || !isSpace(code)) return false;
      continue;
    }
    at += 1;
    if (code === quote) isInString = !isInString;
    else if (code === backslash) {
      // The next character is part of the escape, and may be a quote.
      place += 1;
      if (text.charCodeAt(place) !== compact.charCodeAt(at)) return false;
      at += 1;
    }
  }
  return at === compact.length;
}
