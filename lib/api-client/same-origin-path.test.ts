import { describe, expect, it } from "vitest";
import { sameOriginPath } from "./same-origin-path";

const origin = "http://localhost:3000";

describe("sameOriginPath", () => {
  it.each([
    ["/acme/developers/webhooks?status=failed#top", "/acme/developers/webhooks?status=failed#top"],
    ["http://localhost:3000/acme", "/acme"],
  ])("leads on to %s", (url, path) => {
    expect(sameOriginPath(url, origin)).toBe(path);
  });

  it.each([
    null,
    "",
    "https://evil.example/acme",
    "//evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "/.//evil.example",
    "javascript:alert(1)",
    "data:text/html,x",
    "http://localhost:3001/acme",
    "http://localhost:3000//evil.example",
    "http://",
  ])("never leaves the origin for %s", (url) => {
    expect(sameOriginPath(url, origin)).toBe("/");
  });
});
