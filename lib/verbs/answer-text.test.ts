import { expect, test } from "vitest";
import { answerText, rawJson } from "./answer-text";

test("an answer without parts that go out as they are is its JSON", () => {
  expect(answerText({ a: [1, "x", null] })).toBe('{"a":[1,"x",null]}');
});

test("each part goes out as it is, in its own place, whatever it holds and whatever was answered before", () => {
  const big = '{"n": 12345678901234567890.10}';
  const patterns = '"$& $1 $$ $`"';
  for (let times = 0; times < 2; times += 1) {
    expect(answerText({ first: rawJson(big), list: [rawJson(patterns), 1, rawJson("null")] })).toBe(
      `{"first":${big},"list":[${patterns},1,null]}`,
    );
    expect(answerText({ other: rawJson("[ ]") })).toBe('{"other":[ ]}');
    expect(answerText({ none: true })).toBe('{"none":true}');
  }
});

test("a part is no deeper for being deep", () => {
  const deep = `${"[".repeat(100_000)}1${"]".repeat(100_000)}`;
  expect(answerText({ schema: rawJson(deep) })).toBe(`{"schema":${deep}}`);
});
