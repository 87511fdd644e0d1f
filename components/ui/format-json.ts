const token = /"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/g;

/** The deepest indentation; otherwise a text of only brackets would become gigabytes of spaces. */
const indentsMax = 64;

/**
 * Indents JSON text by two spaces without parsing it, so that every string and number keeps its characters;
 * `JSON.parse` would round long numbers. Text that is not JSON is returned unchanged.
 */
export function formatJson(text: string): string {
  if (!isJson(text)) return text;
  const tokens = text.match(token) ?? [];
  let out = "";
  let depth = 0;
  const line = () => `\n${"  ".repeat(Math.min(depth, indentsMax))}`;
  tokens.forEach((part, index) => {
    const before = tokens[index - 1];
    if (part === "}" || part === "]") {
      depth -= 1;
      out += before === "{" || before === "[" ? part : line() + part;
      return;
    }
    if (before === "{" || before === "[" || before === ",") out += line();
    out += part === ":" ? ": " : part;
    if (part === "{" || part === "[") depth += 1;
  });
  return out;
}

export function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
