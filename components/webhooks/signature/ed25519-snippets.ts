import { type Snippets, snippetServers } from "./snippet";

/** Python's standard library lacks the algorithm. */
export const ed25519Snippets: Snippets = ({ publicKey }) => {
  const start = (command: string) => `WEBHOOK_PUBLIC_KEY='${publicKey}' ${command}`;
  return {
    node: { label: "Node.js", file: "receiver.mjs", run: start("node receiver.mjs"), code: node },
    python: {
      label: "Python",
      file: "receiver.py",
      install: "pip install cryptography",
      run: start("python3 receiver.py"),
      code: python,
    },
    go: { label: "Go", file: "receiver.go", run: start("go run receiver.go"), code: go },
  };
};

const node = `import { createPublicKey, verify as verifyBytes } from "node:crypto";
import { createServer } from "node:http";

const given = process.env.WEBHOOK_PUBLIC_KEY?.replace("whpk_", "");
if (!given) throw new Error("WEBHOOK_PUBLIC_KEY must be the public key");
const x = Buffer.from(given, "base64").toString("base64url");
const key = createPublicKey({
  key: { kty: "OKP", crv: "Ed25519", x },
  format: "jwk",
});

function verify(body, headers) {
  const id = headers["webhook-id"];
  const timestamp = headers["webhook-timestamp"];
  // Older requests may have been recorded and sent again.
  const age = Math.abs(Date.now() / 1000 - Number(timestamp));
  if (!(age <= 300)) return false;
  const signed = Buffer.concat([Buffer.from(\`\${id}.\${timestamp}.\`), body]);
  // Several, separated by spaces, while a key is being replaced.
  return String(headers["webhook-signature"]).split(" ").some((one) => {
    const [version, base64 = ""] = one.split(",");
    if (version !== "v1a") return false;
    return verifyBytes(null, signed, key, Buffer.from(base64, "base64"));
  });
}

${snippetServers.node}`;

const python = `import base64
import binascii
import json
import os
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

given = os.environ.get("WEBHOOK_PUBLIC_KEY", "").removeprefix("whpk_")
if not given:
    raise SystemExit("WEBHOOK_PUBLIC_KEY must be the public key")
key = Ed25519PublicKey.from_public_bytes(base64.b64decode(given))


def verify(body, headers):
    id = headers.get("webhook-id", "")
    timestamp = headers.get("webhook-timestamp", "")
    # What is older than five minutes may have been recorded and sent again.
    if not timestamp.isdecimal() or abs(time.time() - int(timestamp)) > 300:
        return False
    signed = f"{id}.{timestamp}.".encode() + body
    # Several, separated by spaces, while a key is being replaced.
    for one in headers.get("webhook-signature", "").split(" "):
        version, _, signature = one.partition(",")
        try:
            if version == "v1a":
                key.verify(base64.b64decode(signature), signed)
                return True
        except (InvalidSignature, ValueError, binascii.Error):
            pass
    return False


${snippetServers.python}`;

const go = `package main

import (
	"cmp"
	"crypto/ed25519"
	"encoding/base64"
	"io"
	"log"
	"net/http"
	"os"
	"strconv"
	"strings"
	"time"
)

var key ed25519.PublicKey

func verify(body []byte, header http.Header) bool {
	timestamp := header.Get("webhook-timestamp")
	seconds, err := strconv.ParseInt(timestamp, 10, 64)
	// Older requests may have been recorded and sent again.
	if err != nil || time.Since(time.Unix(seconds, 0)).Abs() > 5*time.Minute {
		return false
	}
	signed := append([]byte(header.Get("webhook-id")+"."+timestamp+"."), body...)
	// Several, separated by spaces, while a key is being replaced.
	for _, one := range strings.Split(header.Get("webhook-signature"), " ") {
		given, found := strings.CutPrefix(one, "v1a,")
		signature, err := base64.StdEncoding.DecodeString(given)
		if found && err == nil && ed25519.Verify(key, signed, signature) {
			return true
		}
	}
	return false
}

func main() {
	given := strings.TrimPrefix(os.Getenv("WEBHOOK_PUBLIC_KEY"), "whpk_")
	bytes, err := base64.StdEncoding.DecodeString(given)
	if err != nil || len(bytes) != ed25519.PublicKeySize {
		log.Fatal("WEBHOOK_PUBLIC_KEY must be the public key")
	}
	key = bytes
${snippetServers.go}`;
