import { type Snippets, snippetServers } from "./snippet";

/** On each language's standard library. The token is not in the page: it is pasted in place of `whsec_…`. */
export const hmacSnippets: Snippets = () => {
  const start = (command: string) => `WEBHOOK_SECRET='whsec_…' ${command}`;
  return {
    node: { label: "Node.js", file: "receiver.mjs", run: start("node receiver.mjs"), code: node },
    python: { label: "Python", file: "receiver.py", run: start("python3 receiver.py"), code: python },
    go: { label: "Go", file: "receiver.go", run: start("go run receiver.go"), code: go },
  };
};

const node = `import { createHmac, timingSafeEqual } from "node:crypto";
import { createServer } from "node:http";

const token = process.env.WEBHOOK_SECRET?.replace("whsec_", "");
if (!token) throw new Error("WEBHOOK_SECRET must be the signature token");
const key = Buffer.from(token, "base64");

function verify(body, headers) {
  const id = headers["webhook-id"];
  const timestamp = headers["webhook-timestamp"];
  // What is older than five minutes may have been recorded and sent again.
  const age = Math.abs(Date.now() / 1000 - Number(timestamp));
  if (!(age <= 300)) return false;
  const hmac = createHmac("sha256", key).update(\`\${id}.\${timestamp}.\`);
  const expected = hmac.update(body).digest();
  // Several, separated by spaces, while a token is being replaced.
  return String(headers["webhook-signature"]).split(" ").some((one) => {
    const [version, base64 = ""] = one.split(",");
    const given = Buffer.from(base64, "base64");
    if (version !== "v1" || given.length !== expected.length) return false;
    return timingSafeEqual(given, expected);
  });
}

${snippetServers.node}`;

const python = `import base64
import hashlib
import hmac
import json
import os
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

token = os.environ.get("WEBHOOK_SECRET", "").removeprefix("whsec_")
if not token:
    raise SystemExit("WEBHOOK_SECRET must be the signature token")
key = base64.b64decode(token + "==")


def verify(body, headers):
    id = headers.get("webhook-id", "")
    timestamp = headers.get("webhook-timestamp", "")
    # What is older than five minutes may have been recorded and sent again.
    if not timestamp.isdecimal() or abs(time.time() - int(timestamp)) > 300:
        return False
    signed = f"{id}.{timestamp}.".encode() + body
    digest = hmac.new(key, signed, hashlib.sha256).digest()
    expected = b"v1," + base64.b64encode(digest)
    # Several, separated by spaces, while a token is being replaced.
    signatures = headers.get("webhook-signature", "").encode().split(b" ")
    return any(hmac.compare_digest(one, expected) for one in signatures)


${snippetServers.python}`;

const go = `package main

import (
	"cmp"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"io"
	"log"
	"net/http"
	"os"
	"strconv"
	"strings"
	"time"
)

var key []byte

func verify(body []byte, header http.Header) bool {
	id := header.Get("webhook-id")
	timestamp := header.Get("webhook-timestamp")
	seconds, err := strconv.ParseInt(timestamp, 10, 64)
	// What is older than five minutes may have been recorded and sent again.
	if err != nil || time.Since(time.Unix(seconds, 0)).Abs() > 5*time.Minute {
		return false
	}
	mac := hmac.New(sha256.New, key)
	mac.Write([]byte(id + "." + timestamp + "."))
	mac.Write(body)
	expected := "v1," + base64.StdEncoding.EncodeToString(mac.Sum(nil))
	// Several, separated by spaces, while a token is being replaced.
	for _, one := range strings.Split(header.Get("webhook-signature"), " ") {
		if hmac.Equal([]byte(one), []byte(expected)) {
			return true
		}
	}
	return false
}

func main() {
	token := strings.TrimPrefix(os.Getenv("WEBHOOK_SECRET"), "whsec_")
	bytes, err := base64.RawStdEncoding.DecodeString(strings.TrimRight(token, "="))
	if err != nil || len(bytes) == 0 {
		log.Fatal("WEBHOOK_SECRET must be the signature token")
	}
	key = bytes
${snippetServers.go}`;
