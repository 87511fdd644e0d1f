import { expect, test } from "vitest";
import { writeRequest } from "./write-request";

const target = { host: "hooks.example.com:8443", path: "/in?a=1" };

test("a request is written as HTTP/1.1 has it, its length in bytes and its body as it is", () => {
  const { text, encoding } = writeRequest(target, { "x-a": "1", "x-b": "\t~ " }, '{"a":"ü\r\n"}');
  expect(text).toBe(
    'POST /in?a=1 HTTP/1.1\r\nhost: hooks.example.com:8443\r\nconnection: keep-alive\r\nx-a: 1\r\nx-b: \t~ \r\ncontent-length: 12\r\n\r\n{"a":"ü\r\n"}',
  );
  expect(Buffer.from(text, encoding)).toEqual(Buffer.from(text));
});

test("its characters are written as bytes only if all of them are ASCII", () => {
  const encodingOf = (body: string) => writeRequest(target, {}, body).encoding;
  expect(encodingOf('{"a":"~\x7f"}')).toBe("latin1");
  expect(encodingOf('{"a":"é"}')).toBe("utf8");
  expect(encodingOf('{"a":"€"}')).toBe("utf8");
});

test("a header that could end its line, or is not ASCII, is never written", () => {
  for (const value of ["a\r\nx: 1", "a\nb", "a\rb", "a\0b", "ü", "\x7f"])
    expect(() => writeRequest(target, { "x-a": value }, "")).toThrow(/The header "x-a" cannot be sent/);
  for (const name of ["", "a b", "a:", "a\r\nb", "ü", "a\n"])
    expect(() => writeRequest(target, { [name]: "1" }, "")).toThrow(/cannot be sent/);
});
