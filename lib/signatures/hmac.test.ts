import { randomBytes } from "node:crypto";
import { Webhook } from "standardwebhooks";
import { expect, test } from "vitest";
import { ed25519 } from "./ed25519";
import { hmac } from "./hmac";
import { sign } from "./sign";

const someone = { issuer: "https://a.example", endpointId: "ep_1", workspaceId: "ws_1" };

test("signs the specification's example as the specification does", () => {
  const headers = sign([hmac.secret.signer("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")], {
    id: "msg_p5jXN8AQM9LWM0D4loKWxJek",
    timestamp: 1614265330,
    body: '{"test": 2432232314}',
    ...someone,
  });
  expect(headers).toEqual({ "webhook-signature": "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=" });
});

test("what is no secret of its kind becomes no key: nothing is signed with other bytes, or with none", () => {
  for (const secret of ["", "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", ed25519.secret.make(), " whsec_AAAA"])
    expect(() => hmac.secret.signer(secret)).toThrow("it does not begin with whsec_");
  expect(() => hmac.secret.signer("whsec_")).toThrow("it is empty");
});

test("a receiver with either secret accepts a request signed with both", async () => {
  const secrets = [hmac.secret.make(), `whsec_${randomBytes(24).toString("base64")}`];
  const timestamp = Math.floor(Date.now() / 1000);
  const body = '{"data":{"name":"Zoë"}}';
  const headers = {
    "webhook-id": "dlv_1",
    "webhook-timestamp": String(timestamp),
    ...(await sign(secrets.map(hmac.secret.signer), { id: "dlv_1", timestamp, body, ...someone })),
  };
  for (const secret of secrets) expect(new Webhook(secret).verify(body, headers)).toEqual(JSON.parse(body));
  expect(() => new Webhook(hmac.secret.make()).verify(body, headers)).toThrow();
  expect(() => new Webhook(secrets[0] ?? "").verify(`${body} `, headers)).toThrow();
});
