import { randomBytes } from "node:crypto";
import { Webhook } from "standardwebhooks";
import { expect, test } from "vitest";
import { importKey } from "./import-key";
import { makeSecret } from "./make-secret";
import { sign } from "./sign";
import { signHmac } from "./sign-hmac";

test("signs the specification's example as the specification does", () => {
  const signature = signHmac(importKey("hmac", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"), {
    id: "msg_p5jXN8AQM9LWM0D4loKWxJek",
    timestamp: 1614265330,
    body: '{"test": 2432232314}',
  });
  expect(signature).toBe("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
});

test("a receiver with either secret accepts a request signed with both", async () => {
  const secrets = [makeSecret("hmac"), `whsec_${randomBytes(24).toString("base64")}`];
  const timestamp = Math.floor(Date.now() / 1000);
  const body = '{"data":{"name":"Zoë"}}';
  const signature = await sign(
    secrets.map((secret) => ({ kind: "hmac", key: importKey("hmac", secret) })),
    { id: "dlv_1", timestamp, body, issuer: "https://a.example", endpointId: "ep_1", workspaceId: "ws_1" },
  );
  const headers = {
    "webhook-id": "dlv_1",
    "webhook-timestamp": String(timestamp),
    "webhook-signature": signature,
  };
  for (const secret of secrets) expect(new Webhook(secret).verify(body, headers)).toEqual(JSON.parse(body));
  expect(() => new Webhook(makeSecret("hmac")).verify(body, headers)).toThrow();
  expect(() => new Webhook(secrets[0] ?? "").verify(`${body} `, headers)).toThrow();
});
