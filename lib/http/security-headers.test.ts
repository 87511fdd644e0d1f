import { expect, test } from "vitest";
import { applySettings } from "../testing/apply-settings";
import { securityHeaders } from "./security-headers";

test("no answer may be framed or taken for another type, and one of the API loads nothing if a browser shows it", () => {
  applySettings();
  const everywhere = { "x-content-type-options": "nosniff", "x-frame-options": "DENY" };
  expect(securityHeaders(true)).toEqual({
    ...everywhere,
    "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
  });
  expect(securityHeaders(false)).toEqual({
    ...everywhere,
    "referrer-policy": "strict-origin-when-cross-origin",
    "cross-origin-opener-policy": "same-origin",
    "permissions-policy": expect.stringContaining("camera=()"),
  });
});

test("browsers are held to https if APP_URL is https, and only then", () => {
  for (const isApi of [true, false]) {
    applySettings({ APP_URL: "https://hooks.example.com" });
    expect(securityHeaders(isApi)["strict-transport-security"]).toBe("max-age=31536000");
    applySettings({ APP_URL: "http://hooks.example.com" });
    expect(securityHeaders(isApi)).not.toHaveProperty("strict-transport-security");
  }
});
