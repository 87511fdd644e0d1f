import { expect, test } from "vitest";
import * as jwks from "@/app/.well-known/jwks.json/route";
import { startTestApi } from "../testing/api";

await startTestApi();

test("the public key is answered as a JWK set, for any origin, and the same each time", async () => {
  const answers = [await jwks.GET(), await jwks.GET()];
  for (const { status, headers } of answers) {
    expect(status).toBe(200);
    expect(headers.get("content-type")).toBe("application/jwk-set+json");
    expect(headers.get("cache-control")).toBe("public, max-age=3600, stale-if-error=86400");
    expect(headers.get("access-control-allow-origin")).toBe("*");
  }
  const [first, second] = await Promise.all(answers.map((answer) => answer.json()));
  expect(second).toEqual(first);
  expect(first).toEqual({
    keys: [expect.objectContaining({ kty: expect.any(String), kid: expect.any(String) })],
  });
  expect(first.keys[0]).not.toHaveProperty("d");
});
