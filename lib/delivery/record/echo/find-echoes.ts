import { removeEscapes, type Unescaped } from "./remove-escapes";

/** A part of a text, from its first character up to but excluding its last. */
type Range = { from: number; to: number };

/** A header's value, or a credential in it. */
type Secret = { name: string; text: string; base64: string[] };

/** Shorter values are too common to be searched for without their header's name before them. */
const lengthMin = 8;
/** How many characters of a value must be left to count if it is cut off by the end of a text. */
const cutLengthMin = 4;
const cutEscape = /(?:%[\da-f]?|u?[\da-f]{0,3}|&#?\w{0,5})$/i;

/**
 * What is searched for in receivers' answers: the values of an endpoint's custom headers, the credentials after the
 * scheme of an `Authorization` (RFC 9110 11.4), and what those of `Basic` contain (RFC 7617).
 *
 * @param headers names and values as sent; values are printable ASCII
 */
export function secretsOf(headers: Record<string, string>): Secret[] {
  return Object.entries(headers).flatMap(([name, value]) => {
    const [, scheme = "", credentials = ""] = /^([\w-]+) +(\S+)$/.exec(value.trim()) ?? [];
    const isBasic = scheme.toLowerCase() === "basic";
    const opened = isBasic ? Buffer.from(credentials, "base64").toString("latin1") : "";
    const password = opened.slice(opened.indexOf(":") + 1);
    return [...new Set([value.trim(), credentials, opened, password])]
      .map((text) => ({
        name: name.toLowerCase(),
        text: removeEscapes(text).text,
        base64: text.length < lengthMin ? [] : base64Of(text),
      }))
      .filter(({ text }) => text !== "");
  });
}

/**
 * Finds secrets in a text: verbatim, escaped for JSON, URLs or HTML, or in base64, also within other text.
 *
 * @param isCut whether the text is truncated, possibly within a secret
 */
export function findEchoes(text: string, secrets: readonly Secret[], isCut: boolean): Range[] {
  const plain = removeEscapes(text);
  const inBase64 = { ...plain, text: withOneAlphabet(plain.text) };
  const cuts = isCut ? [plain, inBase64] : [];
  return secrets.flatMap((secret) => {
    if (secret.text.length < lengthMin) return findBehindName(plain, secret);
    const whole = [...findAll(plain, secret.text), ...secret.base64.flatMap((one) => findAll(inBase64, one))];
    const beginnings = [secret.text, ...secret.base64];
    return [...whole, ...cuts.flatMap((one) => findCut(one, beginnings, text.length))];
  });
}

function findAll({ text, starts, ends }: Unescaped, wanted: string): Range[] {
  const found: Range[] = [];
  for (let at = text.indexOf(wanted); at >= 0; at = text.indexOf(wanted, at + wanted.length)) {
    found.push({ from: starts[at] ?? 0, to: ends[at + wanted.length - 1] ?? 0 });
  }
  return found;
}

/** In the forms of an echo: `X-Key: a`, `"x-key":"a"`, `x-key=a`. */
function findBehindName({ text, starts, ends }: Unescaped, secret: Secret): Range[] {
  const lower = text.toLowerCase();
  const found: Range[] = [];
  for (let at = lower.indexOf(secret.name); at >= 0; at = lower.indexOf(secret.name, at + 1)) {
    const behind = at + secret.name.length;
    const separator = /^[^\w]{1,12}/.exec(text.slice(behind, behind + 12))?.[0] ?? "";
    const from = behind + separator.length;
    const to = from + secret.text.length;
    if (!separator || !text.startsWith(secret.text, from) || /\w/.test(text[to] ?? "")) continue;
    found.push({ from: starts[from] ?? 0, to: ends[to - 1] ?? 0 });
  }
  return found;
}

/** The longest end of a text that a secret begins with. A truncated escape belongs to it. */
function findCut({ text, starts }: Unescaped, beginnings: readonly string[], end: number): Range[] {
  const longest = Math.max(...beginnings.map((one) => one.length)) + 6;
  for (const shown of [text, text.replace(cutEscape, "")]) {
    for (let at = Math.max(0, shown.length - longest); at <= shown.length - cutLengthMin; at += 1) {
      const rest = shown.slice(at);
      if (beginnings.some((one) => one.startsWith(rest))) return [{ from: starts[at] ?? 0, to: end }];
    }
  }
  return [];
}

/**
 * The base64 of a text within a longer one, possibly JSON: for each alignment to groups of three bytes, the
 * characters that depend on it alone.
 */
function base64Of(text: string): string[] {
  return [...new Set([text, JSON.stringify(text).slice(1, -1)])].flatMap((written) =>
    [0, 1, 2].map((offset) => {
      const encoded = Buffer.from("\0".repeat(offset) + written, "latin1").toString("base64");
      const from = Math.ceil((offset * 8) / 6);
      const own = encoded.slice(from, Math.floor(((offset + written.length) * 8) / 6));
      return withOneAlphabet(removeEscapes(own).text);
    }),
  );
}

/** Merges the two alphabets of base64 (RFC 4648 4 and 5), in a text whose `+` is already a space. */
function withOneAlphabet(text: string): string {
  return text.replaceAll("-", " ").replaceAll("_", "/");
}
