import { spawnSync } from "node:child_process";
import { generateKeyPairSync } from "node:crypto";
import { expect, test } from "vitest";
import { ed25519 } from "./ed25519";
import { hmac } from "./hmac";
import { jwtSigner } from "./jwt";
import { sign } from "./sign";
import type { Signer } from "./signature";

const python = "python3";
/** Those that it has: start the tests in a virtual environment that holds them, or they are skipped. */
const installed = ["standardwebhooks", "svix"].filter(
  (name) => spawnSync(python, ["-c", `import ${name}.webhooks`]).status === 0,
);

/** Says what `verify` of a library does with a request, given as JSON: `ok`, or the name of what it raises. */
const program = `
import importlib, json, sys
library, secret, body, headers = json.load(sys.stdin)
webhook = importlib.import_module(library + ".webhooks").Webhook(secret)
try:
    webhook.verify(body, headers)
    print("ok")
except Exception as error:
    print(type(error).__name__)
`;

const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2_048 });
const jwt = jwtSigner({ keyId: "key-1", privateKey });

const body = '{"type":"invoice.paid","data":{"name":"Zoë"}}';

for (const library of ["standardwebhooks", "svix"]) {
  test.skipIf(!installed.includes(library))(
    `${library} for Python accepts a request that a JWT signs, too, whichever of the two kinds is the older one`,
    async () => {
      const own = hmac.secret.make();
      const current = hmac.secret.signer(own);
      const other = hmac.secret.signer(hmac.secret.make());
      const byKey = ed25519.secret.signer(ed25519.secret.make());
      const verify = async (by: Signer[], secret = own) => {
        const timestamp = Math.floor(Date.now() / 1_000);
        const request = { id: "dlv_1", timestamp, body, issuer: "https://a.example" };
        const headers = {
          "webhook-id": request.id,
          "webhook-timestamp": String(timestamp),
          ...(await sign(by, { ...request, endpointId: "ep_1", workspaceId: "ws_1" })),
        };
        const input = JSON.stringify([library, secret, body, headers]);
        return spawnSync(python, ["-c", program], { input }).stdout.toString().trim();
      };

      expect(await verify([current, jwt]), "from JWT to HMAC").toBe("ok");
      expect(await verify([jwt, current]), "from HMAC to JWT").toBe("ok");
      expect(await verify([jwt, other, byKey, current]), "among several").toBe("ok");
      expect(await verify([byKey, current]), "beside Ed25519 alone").toBe("ok");
      expect(await verify([other, byKey]), "signed by others").toBe("WebhookVerificationError");
      // What the README says about a forged request that has a JWT too.
      expect(await verify([jwt, current], hmac.secret.make()), "another secret").toBe("ValueError");
    },
  );
}
