/** The longest text of a failure group, in characters. */
export const failureTextMax = 160;
/** How many characters of a body are read: servers put their message at the start. */
const readMax = 4_096;
/** Replaces the parts that differ between two failures of one kind. */
const mask = "…";

/**
 * What a failed response says, in a form that is the same for all failures of one kind. Numbers, ids, times,
 * addresses and anything that looks like a key are masked, so it shows no secrets either.
 *
 * @param body the stored part of the body; of JSON the message is used, of HTML the title
 * @param options.keepsDays keeps days like "3 November 2026"
 * @returns one line of at most `failureTextMax` characters; empty if the body has no readable text
 */
export function failureText(body: string, { keepsDays = false } = {}): string {
  const text = body.slice(0, readMax).trim();
  if (text === "" || isBinary(text)) return "";
  const json = /^[[{"]/.test(text) ? messageOfJson(text) : null;
  const said = json ?? (/^<|<html|<!doctype/i.test(text) ? messageOfHtml(text) : text);
  const line = said.replace(/\s+/g, " ").trim();
  return shortened(keepsDays ? line.split(day).map(maskedUnlessDay).join("") : masked(line));
}

function isBinary(text: string): boolean {
  const odd = [...text].filter((one) => (one < " " && !/\s/.test(one)) || one === "\ufffd").length;
  return odd > text.length / 20;
}

/** Fields that say what went wrong, the clearest first. */
const messageFields = [
  "message",
  "error_description",
  "detail",
  "error",
  "title",
  "reason",
  "code",
  "errors",
];

function messageOfJson(text: string): string | null {
  try {
    return messageIn(JSON.parse(text), 0) ?? "";
  } catch {
    return messageInCut(text);
  }
}

function messageIn(value: unknown, depth: number): string | null {
  if (typeof value === "string") return value === "" ? null : value;
  if (depth > 4 || typeof value !== "object" || value === null) return null;
  if (Array.isArray(value)) return messageIn(value[0], depth + 1);
  const fields = new Map(Object.entries(value).map(([name, field]) => [name.toLowerCase(), field]));
  for (const name of messageFields) {
    const found = messageIn(fields.get(name), depth + 1);
    if (found !== null) return found;
  }
  // None of the known message fields: the names of the fields are the same for a kind of failure, their values may
  // differ.
  const names = Object.keys(value).slice(0, 8);
  return depth === 0 && names.length > 0 ? `{ ${names.join(", ")} }` : null;
}

/** For JSON that is cut off or invalid: the first field that looks like a message. */
function messageInCut(text: string): string | null {
  for (const name of messageFields) {
    const found = new RegExp(`"${name}"\\s*:\\s*"((?:[^"\\\\]|\\\\.){1,500})`, "i").exec(text)?.[1];
    if (found) return found.replace(/\\[nrt]/g, " ").replace(/\\(.)/g, "$1");
  }
  return null;
}

function messageOfHtml(text: string): string {
  const element = /<title[^>]*>([^<]+)/i.exec(text)?.[1] ?? /<h1[^>]*>([^<]+)/i.exec(text)?.[1];
  const plain =
    element ?? text.replace(/<(script|style)[\s\S]*?(<\/\1>|$)/gi, " ").replace(/<[^>]*(>|$)/g, " ");
  const entities: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"', nbsp: " ", "#39": "'" };
  return plain.replace(/&(#?\w+);/g, (whole, name: string) => entities[name.toLowerCase()] ?? whole);
}

/**
 * First what looks like a secret, then what differs each time. The order matters, because one may contain the other.
 */
const volatile: [RegExp, string][] = [
  [/\b(bearer|basic|digest)\s+[\w.~+/=-]+/gi, `$1 ${mask}`],
  [
    /\b([\w-]*(?:password|passwd|secret|token|api[-_]?key|authorization|cookie|signature|session)[\w-]*)(["']?\s*[:=]\s*)("[^"]*"|'[^']*'|[^\s,;&)}]+)/gi,
    `$1$2${mask}`,
  ],
  [/\b(https?:\/\/[^\s/?#"'<>]*@)/gi, `https://${mask}@`],
  [/(https?:\/\/[^\s?#"'<>]+)[?#][^\s"'<>]*/gi, `$1?${mask}`],
  [/[\w.+-]+@[\w-]+(\.[\w-]+)+/g, mask],
  [/\b\d{4}-\d\d-\d\d([T ]\d\d:\d\d(:\d\d)?([.,]\d+)?(Z|[+-]\d\d:?\d\d)?)?/g, mask],
  [/\b[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/gi, mask],
  [/\b[a-z]{1,8}_(?=[a-z0-9_]*\d)[a-z0-9_]{6,}\b/gi, mask],
  [/\b(?=[\w+/=-]*\d)(?=[\w+/=-]*[a-z])[\w+/=-]{20,}/gi, mask],
  [/\b[\w+/=-]{32,}/g, mask],
  [/\b0x[0-9a-f]+\b/gi, mask],
  [/\b(?=[0-9a-f]*\d)(?=[0-9a-f]*[a-f])[0-9a-f]{4,}(?:…|\b)/gi, mask],
  // Ids that mix letters and digits, like u8f3a1c: masked digit by digit, each would be a text of its own.
  [/\b(?=[a-z0-9]*(?:\d[a-z]+\d|[a-z]\d+[a-z]))[a-z0-9]{6,}\b/gi, mask],
  [/\d+(?:[.,:]\d+)*/g, mask],
];

const day = /\b(\d{1,2} [A-Z][a-z]+ \d{4})\b/;
/** Every second part of what `day` splits is a day. */
const maskedUnlessDay = (part: string, at: number) => (at % 2 === 1 ? part : masked(part));

function masked(text: string): string {
  const found = volatile.reduce((left, [pattern, replacement]) => left.replace(pattern, replacement), text);
  return found.replace(/…(?:[.:/_-]?…)+/g, mask);
}

function shortened(text: string): string {
  if (text.length <= failureTextMax) return text.toWellFormed();
  const cut = text.slice(0, failureTextMax - 1);
  const word = cut.lastIndexOf(" ");
  return `${(word > failureTextMax / 2 ? cut.slice(0, word) : cut).toWellFormed()}${mask}`;
}
