import { expect, test } from "vitest";
import { applySettings } from "../testing/apply-settings";
import { securityHeaders } from "./security-headers";

test("no answer may be framed or taken for another type, and one of the API loads nothing if a browser shows it", () => {
  applySettings();
  const everywhere = { "x-content-type-options": "nosniff", "x-frame-options": "DENY" };
  expect(securityHeaders("asset")).toEqual(everywhere);
  expect(securityHeaders("api")).toEqual({
    ...everywhere,
    "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
  });
  expect(securityHeaders("page")).toEqual({
    ...everywhere,
    "referrer-policy": "strict-origin-when-cross-origin",
    "cross-origin-opener-policy": "same-origin",
    "permissions-policy": expect.stringContaining("camera=()"),
  });
});

test("browsers are held to https if APP_URL is https, and only then", () => {
  for (const what of ["page", "api", "asset"] as const) {
    applySettings({ APP_URL: "https://hooks.example.com" });
    expect(securityHeaders(what)["strict-transport-security"]).toBe("max-age=31536000");
    applySettings({ APP_URL: "http://hooks.example.com" });
    expect(securityHeaders(what)).not.toHaveProperty("strict-transport-security");
  }
});
