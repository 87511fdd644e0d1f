import fc from "fast-check";
import { expect, test } from "vitest";
import { jsonErrorOffset } from "./json-error-offset";

const parses = (text: string) => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};

test("it calls exactly that valid which JSON.parse reads", () => {
  fc.assert(
    fc.property(
      fc.json(),
      fc.nat(),
      fc.constantFrom("", ",", "}", "]", '"', "1", "\\", "\n", "x"),
      (json, at, added) => {
        const place = at % (json.length + 1);
        const text = json.slice(0, place) + added + json.slice(place);
        expect(jsonErrorOffset(text) === null).toBe(parses(text));
      },
    ),
    { numRuns: 2_000 },
  );
});

test.each([
  ['{"a": nope}', 6],
  ['{"a":1,}', 7],
  ['{"a":1 "b":2}', 7],
  ['{"a":1', 6],
  ["[1] 2", 4],
])("the offset in %s is %d", (text, offset) => {
  expect(jsonErrorOffset(text)).toBe(offset);
});
