import { createHash } from "node:crypto";
import { createLocalJWKSet, jwtVerify } from "jose";
import { afterAll, beforeAll, expect, test } from "vitest";
import { toPublicId } from "@/lib/core/ids";
import { closeAgent } from "@/lib/delivery/http-client/agent";
import { drainDue } from "@/lib/delivery/worker/drain";
import { startTestReceiver, type TestReceiver } from "@/lib/testing/test-receiver.mjs";
import { createTestWorkspace, type TestWorkspace } from "@/lib/testing/test-workspace";
import { GET } from "./route";

let workspace: TestWorkspace;
let receiver: TestReceiver;
beforeAll(async () => {
  workspace = await createTestWorkspace({
    APP_URL: "https://hooks.example.com",
    POSTHORN_ALLOW_PRIVATE_TARGETS: "1",
  });
  receiver = await startTestReceiver();
});
afterAll(async () => {
  receiver.close();
  await closeAgent();
  await workspace.close();
});

test("the published key verifies what a JWT webhook gets, claim by claim", async () => {
  const endpoint = await workspace.addEndpoint({ url: receiver.url, signature: "jwt" });
  await workspace.publish([
    { type: "jwt.small", data: { n: 1 } },
    { type: "jwt.large", data: { text: "x".repeat(4_000) } },
  ]);
  await drainDue({ idleWaitMs: 100 });
  expect(receiver.received).toHaveLength(2);

  const response = await GET();
  const keys = createLocalJWKSet(await response.json());
  for (const { headers, body } of receiver.received) {
    const { payload } = await jwtVerify(headers["webhook-signature"] ?? "", keys, {
      issuer: "https://hooks.example.com",
      audience: endpoint.id,
      subject: toPublicId("workspace", workspace.ctx.workspace.id),
      algorithms: ["RS256"],
    });
    expect(payload).toMatchObject({
      jti: headers["webhook-id"],
      iat: Number(headers["webhook-timestamp"]),
      exp: Number(headers["webhook-timestamp"]) + 300,
      body_sha256: createHash("sha256").update(body).digest("hex"),
    });
    const large = body.includes("jwt.large");
    expect(payload.data).toEqual(large ? undefined : JSON.parse(body));
  }
});

test("anybody may read and cache the keys, and none of them is private", async () => {
  const response = await GET();
  expect(response.status).toBe(200);
  expect(response.headers.get("cache-control")).toMatch(/^public, max-age=\d+/);
  const text = await response.text();
  expect(JSON.parse(text)).toMatchObject({ keys: [{ kty: "RSA", alg: "RS256", use: "sig" }] });
  expect(JSON.parse(text).keys[0]).not.toHaveProperty("d");
});
