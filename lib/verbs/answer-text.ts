import { randomUUID } from "node:crypto";

/** Unknown to anyone outside, so no answer contains it, by chance or on purpose. */
const mark = `raw-json-${randomUUID()}`;
const marked = new RegExp(`"${mark}"`, "g");
let texts: string[] = [];

/**
 * JSON text that becomes part of an answer unchanged: no number loses a digit, and no nesting is too deep. Stored
 * data may be nested more deeply than recursive code can handle.
 */
export function rawJson(text: string): Record<string, unknown> {
  return {
    toJSON: () => {
      texts.push(text);
      return mark;
    },
  };
}

/** An answer as JSON text, with its `rawJson` parts in place. */
export function answerText(answer: unknown): string {
  texts = [];
  const text = JSON.stringify(answer);
  const parts = texts.values();
  return texts.length === 0 ? text : text.replace(marked, () => parts.next().value ?? "null");
}
