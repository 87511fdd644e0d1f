/** The text in a form that PostgreSQL can store: without NUL and lone surrogates. */
export function sanitizeText(text: string): string {
  return text.toWellFormed().replaceAll("\u0000", "\ufffd");
}
