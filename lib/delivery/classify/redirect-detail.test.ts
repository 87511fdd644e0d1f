import { expect, test } from "vitest";
import { redirectDetail } from "./redirect-detail";

const detail = (location: string | undefined, status = 302) =>
  redirectDetail(
    { status, headers: location === undefined ? {} : { location } },
    "https://hooks.example.com:8443/in/a?b=1",
  );

test("a redirect names the address it leads to, in full", () => {
  const words = "It redirects to https://www.example.com/new?a=1, and redirects are not followed";
  for (const status of [300, 301, 302, 303, 307, 308, 399])
    expect(detail("https://www.example.com/new?a=1", status)).toBe(words);
  expect(detail("/elsewhere")).toContain(" https://hooks.example.com:8443/elsewhere,");
  expect(detail("b")).toContain(" https://hooks.example.com:8443/in/b,");
  expect(detail("//other.example")).toContain(" https://other.example/,");
});

test("what is no redirect, or does not say where it leads, has no such detail", () => {
  for (const status of [200, 201, 299, 400, 503])
    expect(detail("https://www.example.com/", status)).toBeNull();
  expect(detail(undefined)).toBeNull();
  expect(detail("")).toBeNull();
});

test("a long address is cut, and invisible characters cannot make it look like another", () => {
  expect(detail(`https://a.example/${"b".repeat(5_000)}`)).toBe(
    `It redirects to https://a.example/${"b".repeat(282)}…, and redirects are not followed`,
  );
  const utf8 = (text: string) => Buffer.from(text).toString("latin1");
  expect(detail(utf8("https://a.example/\u202egpj.é"))).toContain("https://a.example/%E2%80%AEgpj.%C3%A9,");
  expect(detail(utf8("http://[\u202e\u200b \u0001\u00e9"))).toContain(" http://[���\ufffdé,");
  // biome-ignore lint/suspicious/noControlCharactersInRegex: none of them may be left
  expect(detail("http://[\u0000\u001b\u0085\u00ff")).not.toMatch(/[\u0000-\u001f\u007f-\u009f]/);
});
