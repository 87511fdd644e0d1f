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
});
