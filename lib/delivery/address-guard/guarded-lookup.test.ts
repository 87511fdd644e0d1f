import type { LookupFunction } from "node:net";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { guardedLookup } from "./guarded-lookup";

/** Refuses addresses that begin with 10, whatever the resolver answers. */
const lookUp = (...answer: Parameters<Parameters<LookupFunction>[2]>) =>
  promisify(
    guardedLookup(
      (_hostname, _options, callback) => callback(...answer),
      (address) => (address.startsWith("10.") ? "a private address" : null),
    ),
  );
const listed = [
  { address: "93.184.215.14", family: 4 },
  { address: "2001:4860::8", family: 6 },
];

test("a resolver that answers one address is checked as one that lists them", async () => {
  for (const answer of [
    "10.0.0.1",
    [{ address: "10.0.0.1", family: 4 }],
    [...listed, { address: "10.0.0.1", family: 4 }],
  ])
    for (const all of [true, false])
      await expect(lookUp(null, answer, 4)("a.example", { all })).rejects.toMatchObject({
        attemptError: "blocked_address",
        message: "a.example resolves to 10.0.0.1, which is a private address",
      });
});

test("all addresses are given to who asks for all, and the first to who asks for one", async () => {
  expect(await lookUp(null, listed)("a.example", { all: true })).toEqual(listed);
  expect(await lookUp(null, "93.184.215.14", 4)("a.example", { all: true })).toEqual([listed[0]]);
  expect(await lookUp(null, listed)("a.example", {})).toBe("93.184.215.14");
  expect(await lookUp(null, "93.184.215.14", 4)("a.example", {})).toBe("93.184.215.14");
});

test("a name that is not found stays that", async () => {
  const error = Object.assign(new Error("queryA ENOTFOUND a.example"), { code: "ENOTFOUND" });
  await expect(lookUp(error, [])("a.example", { all: true })).rejects.toBe(error);
});
