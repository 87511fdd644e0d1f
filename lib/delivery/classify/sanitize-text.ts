/** A text as PostgreSQL's text can hold it: without NUL, and without half a surrogate pair. */
export function sanitizeText(text: string): string {
  return text.toWellFormed().replaceAll("\u0000", "\ufffd");
}
