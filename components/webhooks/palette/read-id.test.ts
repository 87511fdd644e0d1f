import { expect, test } from "vitest";
import { mayBeKey, readApiKey, readId } from "./read-id";

const digits = "0123456789abcdef".repeat(2);

test.each([
  ["evt", "event"],
  ["dlv", "delivery"],
  ["ep", "endpoint"],
  ["att", "attempt"],
  ["trn", "transition"],
  ["rpl", "job"],
  ["key", "apiKey"],
  ["fgr", "failureGroup"],
  ["usr", "member"],
  ["eml", "email"],
  ["inv", "invitation"],
  ["dom", "domain"],
  ["aud", "auditEntry"],
  ["ws", "workspace"],
  ["svw", "savedView"],
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

test("of a secret only the part of an API key that the list shows is looked for", () => {
  const key = `phk_${"aB3-".repeat(12)}`;
  expect(readApiKey(key)).toBe("phk_aB3-");
  expect(readApiKey(`Authorization: Bearer ${key}`)).toBe("phk_aB3-");
  expect(readApiKey("order-4711")).toBeNull();
  expect(mayBeKey(key)).toBe(false);
  expect(mayBeKey(`Bearer ${key}`)).toBe(false);
  expect(mayBeKey(`whsec_${"QUJD".repeat(8)}`)).toBe(false);
});
