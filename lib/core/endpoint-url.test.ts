import { expect, test } from "vitest";
import { endpointUrl } from "./endpoint-url";

const clean = "https://example.com/in";
const messageOf = (url: string) => endpointUrl.safeParse(url).error?.issues[0]?.message;

test.each([
  [
    `${clean}\u200b`,
    "must not contain an invisible character (U+200B); write it as %E2%80%8B if it belongs there",
  ],
  [`\u200b${clean}`, "an invisible character (U+200B)"],
  [`${clean}\u200e`, "a character that changes the text direction (U+200E)"],
  [`https://example.com/\u202egpj.exe`, "a character that changes the text direction (U+202E)"],
  ["https://example.com/\u2060in", "an invisible character (U+2060)"],
  ["https://example.com/\u00adin", "an invisible character (U+00AD)"],
  ["https://example.com/\u3164in", "an invisible character (U+3164)"],
  ["https://example.com/\u2800in", "an invisible character (U+2800)"],
  ["https://example.com/\nin", "a line break (U+000A); write it as %0A if it belongs there"],
  ["https://exam\tple.com/in", "a tab (U+0009)"],
  ["https://example.com/a b", "a space (U+0020); write it as %20"],
  ["https://example.com/a\u00a0b", "a space (U+00A0)"],
  ["https://example.com/\u0001", "an invisible character (U+0001)"],
  ["https://example.com/\u0000", "the character U+0000"],
])("%j is refused, and says which character it is", (url, message) => {
  expect(messageOf(url)).toContain(message);
});

test("port 0, at which nothing can be reached, is refused; any other is taken", () => {
  for (const url of ["https://example.com:0/", "http://localhost:00/in"])
    expect(messageOf(url)).toBe("must have a port from 1 to 65535, or no port");
  for (const port of [1, 25, 65_535]) expect(messageOf(`https://example.com:${port}/`)).toBeUndefined();
});

test.each([[`  ${clean}\n`], [`\ufeff${clean}\u00a0`]])("spaces around %j are taken off", (url) => {
  expect(endpointUrl.parse(url)).toBe(clean);
});

test.each([["https://example.com/über/日本?q=%E2%80%8B"], ["https://münchen.example/🚀"]])(
  "%s is taken",
  (url) => {
    expect(endpointUrl.parse(url)).toBe(url);
  },
);
