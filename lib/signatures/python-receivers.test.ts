import { spawnSync } from "node:child_process";
import { generateKeyPairSync } from "node:crypto";
import { expect, test } from "vitest";
import { importKey } from "./import-key";
import { makeSecret } from "./make-secret";
import { type Signer, sign } from "./sign";

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
const jwk = { kty: "RSA", n: "", e: "", alg: "RS256", use: "sig", kid: "key-1" } as const;
const jwt: Signer = { kind: "jwt", key: { keyId: "key-1", privateKey, publicKeyPem: "", jwk } };
const signerOf = (kind: "hmac" | "ed25519", secret: string): Signer => ({
  kind,
  key: importKey(kind, secret),
});

const body = '{"type":"invoice.paid","data":{"name":"Zoë"}}';

for (const library of ["standardwebhooks", "svix"]) {
  test.skipIf(!installed.includes(library))(
    `${library} for Python accepts a request that a JWT signs, too, whichever of the two kinds is the older one`,
    async () => {
      const own = makeSecret("hmac");
      const hmac = signerOf("hmac", own);
      const other = signerOf("hmac", makeSecret("hmac"));
      const ed25519 = signerOf("ed25519", makeSecret("ed25519"));
      const verify = async (by: Signer[], secret = own) => {
        const timestamp = Math.floor(Date.now() / 1_000);
        const request = { id: "dlv_1", timestamp, body, issuer: "https://a.example" };
        const headers = {
          "webhook-id": request.id,
          "webhook-timestamp": String(timestamp),
          "webhook-signature": await sign(by, { ...request, endpointId: "ep_1", workspaceId: "ws_1" }),
        };
        const input = JSON.stringify([library, secret, body, headers]);
        return spawnSync(python, ["-c", program], { input }).stdout.toString().trim();
      };

      expect(await verify([hmac, jwt]), "from JWT to HMAC").toBe("ok");
      expect(await verify([jwt, hmac]), "from HMAC to JWT").toBe("ok");
      expect(await verify([jwt, other, ed25519, hmac]), "among several").toBe("ok");
      expect(await verify([ed25519, hmac]), "beside Ed25519 alone").toBe("ok");
      expect(await verify([other, ed25519]), "signed by others").toBe("WebhookVerificationError");
      // What the README says of a forged request while a JWT is there, too.
      expect(await verify([jwt, hmac], makeSecret("hmac")), "another secret").toBe("ValueError");
    },
  );
}
