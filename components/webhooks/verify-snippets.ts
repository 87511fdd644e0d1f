export type Snippet = { label: string; install: string; language: string; code: string };

/** Receivers that check the signature with the Standard Webhooks libraries; `path` is the one of the webhook's URL. */
export function verifySnippets(path: string): Record<"node" | "python" | "go", Snippet> {
  return {
    node: {
      label: "Node.js",
      install: "npm install express standardwebhooks",
      language: "javascript",
      code: `import express from "express";
import { Webhook } from "standardwebhooks";

const webhook = new Webhook(process.env.WEBHOOK_SECRET); // whsec_…
const app = express();

app.post("${path}", express.raw({ type: "application/json" }), (req, res) => {
  try {
    const event = webhook.verify(req.body.toString(), req.headers);
    console.log(event.type, event.data);
    res.sendStatus(204); // answer first, work afterwards
  } catch {
    res.status(400).send("wrong signature");
  }
});

app.listen(3001);`,
    },
    python: {
      label: "Python",
      install: "pip install flask standardwebhooks",
      language: "python",
      code: `import os
from flask import Flask, request
from standardwebhooks.webhooks import Webhook, WebhookVerificationError

webhook = Webhook(os.environ["WEBHOOK_SECRET"])  # whsec_…
app = Flask(__name__)

@app.post("${path}")
def receive():
    try:
        event = webhook.verify(request.get_data(as_text=True), dict(request.headers))
    except WebhookVerificationError:
        return "wrong signature", 400
    print(event["type"], event["data"])
    return "", 204  # answer first, work afterwards`,
    },
    go: {
      label: "Go",
      install: "go get github.com/standard-webhooks/standard-webhooks/libraries",
      language: "go",
      code: `package main

import (
	"io"
	"log"
	"net/http"
	"os"

	standardwebhooks "github.com/standard-webhooks/standard-webhooks/libraries/go"
)

func main() {
	webhook, err := standardwebhooks.NewWebhook(os.Getenv("WEBHOOK_SECRET")) // whsec_…
	if err != nil {
		log.Fatal(err)
	}
	http.HandleFunc("POST ${path}", func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		if err := webhook.Verify(body, r.Header); err != nil {
			http.Error(w, "wrong signature", http.StatusBadRequest)
			return
		}
		log.Println(string(body))
		w.WriteHeader(http.StatusNoContent) // answer first, work afterwards
	})
	log.Fatal(http.ListenAndServe(":3001", nil))
}`,
    },
  };
}
