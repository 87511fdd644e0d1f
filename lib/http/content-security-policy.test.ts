import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { contentSecurityPolicy, sonnerStyleHash } from "./content-security-policy";

describe("contentSecurityPolicy", () => {
  it("knows the style of the installed sonner", () => {
    const source = readFileSync(fileURLToPath(import.meta.resolve("sonner")), "utf8");
    const literal = /__insertCSS\(("(?:[^"\\]|\\.)*")\)/.exec(source)?.[1];
    const css: unknown = JSON.parse(literal ?? "null");
    expect(typeof css).toBe("string");
    expect(sonnerStyleHash).toBe(`sha256-${createHash("sha256").update(String(css)).digest("base64")}`);
  });

  it("allows no inline script, no inline style element and no eval in production", () => {
    const policy = contentSecurityPolicy({ nonce: "abc", development: false });
    expect(policy).toContain("script-src 'nonce-abc' 'strict-dynamic';");
    expect(policy).not.toContain("unsafe-eval");
    expect(policy.replace("style-src-attr 'unsafe-inline'", "")).not.toContain("unsafe-inline");
  });

  it("lets a page load from Posthorn alone, send forms there alone, and be framed by nobody", () => {
    const policy = contentSecurityPolicy({ nonce: "abc", development: false });
    expect(Object.fromEntries(policy.split("; ").map((directive) => directive.split(/ (.*)/, 2)))).toEqual({
      "default-src": "'self'",
      "script-src": "'nonce-abc' 'strict-dynamic'",
      "script-src-attr": "'none'",
      "style-src": expect.stringMatching(/^'self' 'nonce-abc' 'sha256-[^ ]+' 'sha256-[^ ]+'$/),
      "style-src-attr": "'unsafe-inline'",
      "img-src": "'self' data: blob:",
      "font-src": "'self'",
      "connect-src": "'self'",
      "frame-src": "'none'",
      "frame-ancestors": "'none'",
      "object-src": "'none'",
      "base-uri": "'none'",
      "form-action": "'self'",
    });
  });

  it("adds to that, in development, what the tools of React and Next need", () => {
    const policy = contentSecurityPolicy({ nonce: "abc", development: true });
    expect(policy).toContain("script-src 'nonce-abc' 'strict-dynamic' 'unsafe-eval';");
    expect(policy).toContain("style-src 'self' 'unsafe-inline';");
    expect(policy).toContain("connect-src 'self' ws:;");
  });
});
