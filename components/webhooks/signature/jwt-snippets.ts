import { type Snippets, snippetServers } from "./snippet";

/** The token must come from this installation, be meant for this webhook, not have expired, and name the body's hash. */
export const jwtSnippets: Snippets = ({ jwksUrl, id }) => {
  const start = (command: string) => `WEBHOOK_JWKS_URL='${jwksUrl}' \\\nWEBHOOK_ID='${id}' \\\n${command}`;
  return {
    node: {
      label: "Node.js",
      file: "receiver.mjs",
      install: "npm install jose",
      run: start("node receiver.mjs"),
      code: node,
    },
    python: {
      label: "Python",
      file: "receiver.py",
      install: "pip install 'pyjwt[crypto]'",
      run: start("python3 receiver.py"),
      code: python,
    },
    go: { label: "Go", file: "receiver.go", run: start("go run receiver.go"), code: go },
  };
};

const node = `import { createHash } from "node:crypto";
import { createServer } from "node:http";
import { createRemoteJWKSet, jwtVerify } from "jose";

const { WEBHOOK_JWKS_URL: jwksUrl, WEBHOOK_ID: audience } = process.env;
if (!jwksUrl || !audience) throw new Error("WEBHOOK_JWKS_URL and WEBHOOK_ID must be set");
const keys = createRemoteJWKSet(new URL(jwksUrl));
const issuer = new URL(jwksUrl).origin;

async function verify(body, headers) {
  // While the kind of signature changes there are others: a JWT has no comma.
  const parts = String(headers["webhook-signature"]).split(" ");
  const token = parts.find((part) => !part.includes(",")) ?? "";
  try {
    const { payload } = await jwtVerify(token, keys, {
      issuer,
      audience,
      algorithms: ["RS256"],
      requiredClaims: ["exp"],
    });
    const hash = createHash("sha256").update(body).digest("hex");
    return payload.body_sha256 === hash && payload.jti === headers["webhook-id"];
  } catch {
    return false;
  }
}

${snippetServers.node}`;

const python = `import hashlib
import json
import os
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

import jwt

jwks_url = os.environ.get("WEBHOOK_JWKS_URL")
audience = os.environ.get("WEBHOOK_ID")
if not jwks_url or not audience:
    raise SystemExit("WEBHOOK_JWKS_URL and WEBHOOK_ID must be set")
keys = jwt.PyJWKClient(jwks_url)
issuer = "{0.scheme}://{0.netloc}".format(urlsplit(jwks_url))


def verify(body, headers):
    # While the kind of signature changes there are others: a JWT has no comma.
    parts = headers.get("webhook-signature", "").split(" ")
    token = next((part for part in parts if "," not in part), "")
    try:
        claims = jwt.decode(
            token,
            keys.get_signing_key_from_jwt(token).key,
            algorithms=["RS256"],
            audience=audience,
            issuer=issuer,
            options={"require": ["exp", "aud", "iss"]},
        )
    except jwt.PyJWTError:
        return False
    same_body = claims.get("body_sha256") == hashlib.sha256(body).hexdigest()
    return same_body and claims.get("jti") == headers.get("webhook-id")


${snippetServers.python}`;

const go = `package main

import (
	"cmp"
	"crypto"
	"crypto/rsa"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"io"
	"log"
	"math/big"
	"net/http"
	"net/url"
	"os"
	"strings"
	"time"
)

var jwksURL, audience, issuer string
var keys = map[string]*rsa.PublicKey{}

func decode(text string) []byte {
	bytes, _ := base64.RawURLEncoding.DecodeString(text)
	return bytes
}

func loadKeys() error {
	response, err := http.Get(jwksURL)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	var set struct{ Keys []struct{ Kid, Kty, N, E string } }
	if err := json.NewDecoder(response.Body).Decode(&set); err != nil {
		return err
	}
	for _, key := range set.Keys {
		if key.Kty == "RSA" {
			exponent := new(big.Int).SetBytes(decode(key.E))
			modulus := new(big.Int).SetBytes(decode(key.N))
			keys[key.Kid] = &rsa.PublicKey{N: modulus, E: int(exponent.Int64())}
		}
	}
	return nil
}

func verify(body []byte, header http.Header) bool {
	// While the kind of signature changes there are others: a JWT has no comma.
	for _, token := range strings.Split(header.Get("webhook-signature"), " ") {
		part := strings.Split(token, ".")
		if strings.Contains(token, ",") || len(part) != 3 {
			continue
		}
		var head struct{ Alg, Kid string }
		var claims struct {
			Iss, Aud, Jti string
			Exp           int64
			BodySHA256    string \`json:"body_sha256"\`
		}
		if json.Unmarshal(decode(part[0]), &head) != nil || json.Unmarshal(decode(part[1]), &claims) != nil {
			return false
		}
		key := keys[head.Kid]
		if head.Alg != "RS256" || key == nil {
			return false
		}
		signed := sha256.Sum256([]byte(part[0] + "." + part[1]))
		if rsa.VerifyPKCS1v15(key, crypto.SHA256, signed[:], decode(part[2])) != nil {
			return false
		}
		hash := sha256.Sum256(body)
		return claims.Iss == issuer && claims.Aud == audience &&
			time.Now().Unix() < claims.Exp && claims.Jti == header.Get("webhook-id") &&
			claims.BodySHA256 == hex.EncodeToString(hash[:])
	}
	return false
}

func main() {
	jwksURL, audience = os.Getenv("WEBHOOK_JWKS_URL"), os.Getenv("WEBHOOK_ID")
	address, err := url.Parse(jwksURL)
	if err != nil || jwksURL == "" || audience == "" {
		log.Fatal("WEBHOOK_JWKS_URL and WEBHOOK_ID must be set")
	}
	issuer = address.Scheme + "://" + address.Host
	if err := loadKeys(); err != nil {
		log.Fatal(err)
	}
${snippetServers.go}`;
