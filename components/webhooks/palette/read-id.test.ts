import { expect, test } from "vitest";
import { mayBeKey, readId } from "./read-id";

const digits = "0123456789abcdef".repeat(2);

test.each([
  ["evt", "event"],
  ["dlv", "delivery"],
  ["ep", "endpoint"],
  ["att", "attempt"],
] as const)("%s_… is read as the id of its kind, also between quotes", (prefix, kind) => {
  const id = `${prefix}_${digits}`;
  expect(readId(id)).toEqual({ kind, id });
  expect(readId(` "${id}", `)).toEqual({ kind, id });
});

test("another text is none, and may be a key if it is not short", () => {
  for (const text of ["", "evt_", `evt_${digits}0`, `xyz_${digits}`, `evt_${digits} and more`, "order-1"]) {
    expect(readId(text)).toBeNull();
  }
  expect(mayBeKey("order-1")).toBe(true);
  expect(mayBeKey(`evt_${digits}`)).toBe(false);
  expect(mayBeKey("or")).toBe(false);
  expect(mayBeKey("é-1234")).toBe(false);
});
