import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatJson } from "./format-json";

describe("formatJson", () => {
  it("keeps every digit of a number", () => {
    expect(formatJson('{"id":12345678901234567890.10,"n":1e400}')).toBe(
      '{\n  "id": 12345678901234567890.10,\n  "n": 1e400\n}',
    );
  });

  it("gives back text that is not JSON as it is", () => {
    expect(formatJson("<html>no</html>")).toBe("<html>no</html>");
  });

  it("writes what JSON.stringify writes with two spaces, for any JSON", () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        const value: unknown = JSON.parse(text);
        expect(formatJson(JSON.stringify(value))).toBe(JSON.stringify(value, null, 2));
      }),
    );
  });

  it("keeps a response of 64 KiB of brackets small enough to show", () => {
    const deep = "[".repeat(32_768) + "]".repeat(32_768);
    expect(formatJson(deep).length).toBeLessThan(10_000_000);
  });
});
