import { once } from "node:events";
import http from "node:http";
import https from "node:https";
import { Webhook } from "standardwebhooks";

/**
 * A request as it came. `signatureProblem`: why its signature does not hold, by the `standardwebhooks` package; `null`
 * if it does.
 * @typedef {{ path: string, headers: Record<string, string>, body: string, type: string, signatureProblem: string | null }} Received
 *   `body`: byte for byte; `type`: what the body's field says
 */

/**
 * What is answered, once `after` is settled.
 * @typedef {{ status: number, body?: string, headers?: Record<string, string>, after?: Promise<unknown> }} Answer
 */

/**
 * A receiver of webhooks: a real HTTP server on a port of its own, for all tests. It answers 200 at first.
 * @typedef {object} TestReceiver
 * @property {string} origin
 * @property {string} url a path of it
 * @property {Received[]} received in the order in which they came whole
 * @property {string[]} ids the `webhook-id` of each request, in the order in which they came
 * @property {(response: http.ServerResponse, request: Received) => unknown} answer how requests are answered from now on
 * @property {(how: Answer | ((request: Received) => Answer)) => void} reply sets `answer` to what is described
 * @property {(certificate: Certificate) => void} certify shows another certificate from the next connection on, which is
 *   a new one; of a receiver that began with one
 * @property {(secret: string) => void} trust a secret to check signatures with; until one is named, none holds
 * @property {() => Promise<void>} close
 */

/** PEM. @typedef {{ key: string, cert: string }} Certificate */

/**
 * @param {{ certificate?: Certificate }} [options] with a certificate, which is for `localhost`, it speaks https
 * @returns {Promise<TestReceiver>}
 */
export async function startTestReceiver({ certificate } = {}) {
  /** @type {Webhook[]} */
  const trusted = [];
  const secure = certificate && https.createServer(certificate);
  const server = secure ?? http.createServer();
  server.on("request", async (request, response) => {
    receiver.ids.push(String(request.headers["webhook-id"]));
    const chunks = [];
    try {
      for await (const chunk of request) chunks.push(chunk);
    } catch {
      // The sender ended in the middle of its request: nothing was received.
      return;
    }
    const body = Buffer.concat(chunks).toString("utf8");
    const headers = Object.fromEntries(
      Object.entries(request.headers).map(([name, value]) => [name, String(value)]),
    );
    const received = {
      path: request.url ?? "/",
      headers,
      body,
      type: typeOf(body),
      signatureProblem: problemOf(trusted, body, headers),
    };
    receiver.received.push(received);
    await receiver.answer(response, received);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const port = typeof address === "object" ? address?.port : "";
  const origin = secure ? `https://localhost:${port}` : `http://127.0.0.1:${port}`;
  /** @type {TestReceiver} */
  const receiver = {
    origin,
    url: `${origin}/hook`,
    received: [],
    ids: [],
    answer: (response) => response.end("ok"),
    reply: (how) => {
      receiver.answer = async (response, request) => {
        const { status, body = "", headers, after } = typeof how === "function" ? how(request) : how;
        await after;
        response.writeHead(status, { "content-type": "application/json", ...headers }).end(body);
      };
    },
    certify: (certificate) => {
      secure?.setSecureContext(certificate);
      server.closeAllConnections();
    },
    trust: (secret) => {
      trusted.push(new Webhook(secret));
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return receiver;
}

/**
 * @param {number} status
 * @returns {(response: http.ServerResponse) => unknown}
 */
export function answerWith(status) {
  return (response) => response.writeHead(status).end();
}

/**
 * A promise and what settles it: an answer that waits until the test lets it go.
 * @returns {{ opened: Promise<void>, open: () => void }}
 */
export function gate() {
  let open = () => {};
  /** @type {Promise<void>} */
  const opened = new Promise((resolve) => {
    open = resolve;
  });
  return { opened, open };
}

/** @param {string} body */
function typeOf(body) {
  try {
    return String(JSON.parse(body).type);
  } catch {
    return "";
  }
}

/**
 * @param {Webhook[]} trusted
 * @param {string} body
 * @param {Record<string, string>} headers
 * @returns {string | null}
 */
function problemOf(trusted, body, headers) {
  const problems = [];
  for (const webhook of trusted) {
    try {
      webhook.verify(body, headers);
      return null;
    } catch (error) {
      problems.push(String(error));
    }
  }
  return problems.join("; ") || "no secret is trusted yet";
}
