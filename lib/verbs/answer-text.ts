import { randomUUID } from "node:crypto";

/** Nobody outside knows it, so nothing that is answered holds it by chance or on purpose. */
const mark = `raw-json-${randomUUID()}`;
const marked = new RegExp(`"${mark}"`, "g");
let texts: string[] = [];

/**
 * JSON text as a part of an answer, which goes out as it is: no number loses a digit, and no depth is too much. What
 * is stored by now may be nested more deeply than anything that recurses can bear.
 */
export function rawJson(text: string): Record<string, unknown> {
  return {
    toJSON: () => {
      texts.push(text);
      return mark;
    },
  };
}

/** An answer as JSON text, with the parts that are `rawJson` in their places. */
export function answerText(answer: unknown): string {
  texts = [];
  const text = JSON.stringify(answer);
  const parts = texts.values();
  return texts.length === 0 ? text : text.replace(marked, () => parts.next().value ?? "null");
}
