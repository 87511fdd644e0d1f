import dns, { type LookupAddress } from "node:dns";
import type { LookupFunction } from "node:net";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { sharedLookup } from "./shared-lookup";

/** The system's resolver, and which names it was asked for. */
function countingLookup() {
  const asked: string[] = [];
  const resolve: LookupFunction = (hostname, options, callback) => {
    asked.push(hostname);
    dns.lookup(hostname, options, callback);
  };
  return { asked, lookup: promisify(sharedLookup(resolve)) };
}

test("connections that are opened to a name at once share its look-up, and a later one looks up again", async () => {
  const { asked, lookup } = countingLookup();
  const all = { all: true } as const;
  const answers = await Promise.all([
    ...Array.from({ length: 10 }, () => lookup("localhost", all)),
    lookup("127.0.0.1", all),
    lookup("localhost", { family: 4 }),
  ]);
  const [first, ...others] = answers.slice(0, 10);
  expect(first).toEqual(expect.arrayContaining([expect.objectContaining({ family: expect.any(Number) })]));
  for (const other of others) expect(other).toEqual(first);
  expect(answers.slice(10).map((one): string | LookupAddress[] => one)).toEqual([
    [{ address: "127.0.0.1", family: 4 }],
    "127.0.0.1",
  ]);
  expect(asked).toEqual(["localhost", "127.0.0.1", "localhost"]);
  await lookup("localhost", all);
  expect(asked).toHaveLength(4);
});

test("a name that does not exist is said to each, and asked for again by the next", async () => {
  const { asked, lookup } = countingLookup();
  const failed = await Promise.allSettled([lookup("none.invalid", {}), lookup("none.invalid", {})]);
  expect(failed.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
  expect(asked).toHaveLength(1);
  await expect(lookup("none.invalid", {})).rejects.toThrow();
  expect(asked).toHaveLength(2);
});
