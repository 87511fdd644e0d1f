import { expect, test } from "vitest";
import * as secret from "@/app/api/v1/endpoints/[id]/secret/route";
import { database } from "@/db/connection/database";
import type { SecretOutput } from "../contract/endpoints";
import { call, expectDone, startTestApi } from "../testing/api";

const { key, addEndpoint } = await startTestApi();
const reveal = (id: string) => call<SecretOutput>(secret, "GET", `/endpoints/${id}/secret`, { as: key });

test("the secret is shown, the audit log says so without it, and the database has it encrypted", async () => {
  const { id } = await addEndpoint();
  const shown = await reveal(id);
  expectDone(shown);
  expect(shown.body).toEqual({
    secret: expect.stringMatching(/^whsec_[A-Za-z0-9+/]+=*$/),
    publicKey: null,
    jwksUrl: null,
    expiring: [],
  });
  const { sql } = database();
  const rows = await sql`select * from audit_log order by id desc limit 1`;
  expect(rows).toMatchObject([{ action: "endpoint.reveal_secret", actor_type: "api_key" }]);
  const stored = await sql`select * from endpoint_secrets`;
  expect(JSON.stringify([rows, stored])).not.toContain(shown.body.secret?.slice("whsec_".length));
});

test.each([
  ["ed25519", { secret: expect.stringMatching(/^whsk_/), publicKey: expect.stringMatching(/^whpk_/) }],
  ["jwt", { secret: null, jwksUrl: "http://localhost:3000/.well-known/jwks.json" }],
] as const)("of %s the public part is shown, too", async (signature, shown) => {
  const { id } = await addEndpoint({ signature });
  expect((await reveal(id)).body).toMatchObject(shown);
});
