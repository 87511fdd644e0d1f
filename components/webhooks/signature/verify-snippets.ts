export type Snippet = {
  label: string;
  file: string;
  /** A shell's command that installs what it needs beyond its language. */
  install?: string;
  /** A shell's command that starts the file, with `whsec_…` in place of the token. */
  run: string;
  code: string;
};

export type SnippetLanguage = "node" | "python" | "go";

/**
 * Receivers that check the HMAC signature of each request, each a whole program on its language's standard library. They
 * compare in constant time, refuse what is older than five minutes, and take any of several signatures.
 */
export const verifySnippets: Record<SnippetLanguage, Snippet> = {
  node: {
    label: "Node.js",
    file: "receiver.mjs",
    run: "WEBHOOK_SECRET='whsec_…' node receiver.mjs",
    code: `import { createHmac, timingSafeEqual } from "node:crypto";
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

const server = createServer(async (request, response) => {
  // The bytes as they came: JSON that is parsed and printed again differs.
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  const body = Buffer.concat(chunks);
  if (!verify(body, request.headers)) {
    response.writeHead(400).end("wrong signature");
    return;
  }
  response.writeHead(204).end(); // answer first, work afterwards
  const event = JSON.parse(body);
  console.log(event.type, event.data);
});

server.listen(process.env.PORT ?? 3001);`,
  },
  python: {
    label: "Python",
    file: "receiver.py",
    run: "WEBHOOK_SECRET='whsec_…' python3 receiver.py",
    code: `import base64
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


class Receiver(BaseHTTPRequestHandler):
    def do_POST(self):
        # The bytes as they came: JSON that is parsed and printed again differs.
        body = self.rfile.read(int(self.headers.get("content-length", 0)))
        if not verify(body, self.headers):
            self.send_error(400, "wrong signature")
            return
        self.send_response(204)  # answer first, work afterwards
        self.end_headers()
        event = json.loads(body)
        print(event["type"], event["data"], flush=True)


port = int(os.environ.get("PORT", 3001))
ThreadingHTTPServer(("", port), Receiver).serve_forever()`,
  },
  go: {
    label: "Go",
    file: "receiver.go",
    run: "WEBHOOK_SECRET='whsec_…' go run receiver.go",
    code: `package main

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

func verify(key, body []byte, header http.Header) bool {
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
	key, err := base64.RawStdEncoding.DecodeString(strings.TrimRight(token, "="))
	if err != nil || len(key) == 0 {
		log.Fatal("WEBHOOK_SECRET must be the signature token")
	}
	http.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		// The bytes as they came: JSON that is parsed and printed again differs.
		body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, 1<<20))
		if err != nil || !verify(key, body, r.Header) {
			http.Error(w, "wrong signature", http.StatusBadRequest)
			return
		}
		w.WriteHeader(http.StatusNoContent) // answer soon, work elsewhere
		log.Println(string(body))
	})
	log.Fatal(http.ListenAndServe(":"+cmp.Or(os.Getenv("PORT"), "3001"), nil))
}`,
  },
};
