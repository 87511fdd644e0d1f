import { expect, test } from "vitest";
import { redirectTarget } from "./redirect-target";

const url = "https://api.example.com/hooks?v=1";
const targetOf = (httpStatus: number | null, location?: string) =>
  redirectTarget({
    httpStatus,
    url,
    response: { headers: location === undefined ? {} : { location }, body: "", truncated: false },
  });

test("a redirect leads to the address that it names, also to one that is relative", () => {
  expect(targetOf(302, "https://hooks.example.com/in")).toBe("https://hooks.example.com/in");
  expect(targetOf(308, "/v2/hooks")).toBe("https://api.example.com/v2/hooks");
});

test("nothing is offered that is no redirect, no web address, or the same one", () => {
  expect(targetOf(200, "/v2")).toBeNull();
  expect(targetOf(null)).toBeNull();
  expect(targetOf(302)).toBeNull();
  expect(targetOf(302, "javascript:alert(1)")).toBeNull();
  expect(targetOf(302, "http://[")).toBeNull();
  expect(targetOf(301, url)).toBeNull();
});
