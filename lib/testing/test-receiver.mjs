import { once } from "node:events";
import http from "node:http";
import https from "node:https";
import { setTimeout as sleep } from "node:timers/promises";
import { Webhook } from "standardwebhooks";

/**
 * A request as it came. `signatureProblem`: why its signature does not hold, by the `standardwebhooks` package; `null`
 * if it does.
 * @typedef {{ path: string, headers: Record<string, string>, body: string, type: string, signatureProblem: string | null }} Received
 *   `body`: byte for byte; `type`: what the body's field says
 */

/**
 * What is answered, once `after` is settled and `afterMs` are over; a `body` that is no text goes as JSON. Or what is
 * no answer: the connection is cut, or has something other than HTTP, or nothing comes at all.
 * @typedef {{ afterMs?: number, after?: Promise<unknown> } & (
 *   { status: number, body?: string | object, headers?: Record<string, string> } |
 *   { fault: "reset" | "garbage" | "silence" }
 * )} Answer
 */

/** PEM. @typedef {{ key: string, cert: string }} Certificate */

/**
 * @typedef {object} ReceiverOptions
 * @property {boolean} [keeps] what comes in `received` and `ids`; true without it
 * @property {(path: string) => boolean} [reads] at which paths the body is looked at; at all without it
 * @property {Certificate} [certificate] for `localhost`: with one it speaks https
 * @property {number} [keepAliveMs] how long it leaves a connection open that nothing comes on
 */

/**
 * A receiver of webhooks: a real HTTP server on a port of its own, for tests, the bench, the faults and the seed. It
 * answers 200 at first.
 * @typedef {object} TestReceiver
 * @property {number} port
 * @property {string} origin
 * @property {string} url a path of it
 * @property {Received[]} received in the order in which they came whole
 * @property {string[]} ids the `webhook-id` of each request, in the order in which they came
 * @property {Record<string, number>} busiest by path: how many requests there were at a time, at most
 * @property {(response: http.ServerResponse, request: Received) => unknown} answer how requests are answered from now on
 * @property {(how: Answer | ((request: Received) => Answer | Promise<Answer>)) => void} reply sets `answer` to what is
 *   described
 * @property {(certificate: Certificate) => void} certify shows another certificate from the next connection on, which is
 *   a new one; of a receiver that began with one
 * @property {(secret: string, path?: string) => void} trust a secret to check signatures with, at one path or at all;
 *   until one is named, none holds
 * @property {() => Promise<void>} close cuts all connections; nothing listens from then on
 * @property {() => Promise<void>} open listens again after that, on the same port
 */

/**
 * @param {ReceiverOptions} [options]
 * @returns {Promise<TestReceiver>}
 */
export async function startTestReceiver({ keeps = true, reads, certificate, keepAliveMs } = {}) {
  /** @type {{ webhook: Webhook, path: string | undefined }[]} */
  const trusted = [];
  /** What a request leaves by, once, before its answer goes out: the sender may begin the next one as soon as it has that. */
  const leaves = new WeakMap();

  /** @type {http.RequestListener} */
  const take = (request, response) => {
    const path = request.url ?? "/";
    leaves.set(response, enter(path));
    response.once("close", () => leaves.get(response)());
    if (keeps) receiver.ids.push(String(request.headers["webhook-id"]));
    let body = "";
    if (reads && !reads(path)) request.resume();
    else {
      request.setEncoding("utf8").on("data", (text) => {
        body += text;
      });
    }
    // Does not come if the sender ends in the middle of its request: nothing was received.
    request.on("end", () => {
      const headers = /** @type {Record<string, string>} */ (request.headers);
      const signatureProblem = problemOf(trusted, { path, headers, body });
      const received = { path, headers, body, type: typeOf(body), signatureProblem };
      if (keeps) receiver.received.push(received);
      return receiver.answer(response, received);
    });
  };

  /** @type {Map<string, number>} */
  const current = new Map();
  const enter = (/** @type {string} */ path) => {
    const count = (current.get(path) ?? 0) + 1;
    current.set(path, count);
    receiver.busiest[path] = Math.max(receiver.busiest[path] ?? 0, count);
    let isThere = true;
    return () => {
      if (isThere) current.set(path, (current.get(path) ?? 0) - 1);
      isThere = false;
    };
  };

  const secure = certificate && https.createServer(certificate, take);
  const server = secure ?? http.createServer(take);
  if (keepAliveMs !== undefined) server.keepAliveTimeout = keepAliveMs;
  const listen = async (/** @type {number} */ port) => {
    server.listen(port, "127.0.0.1");
    await once(server, "listening");
  };
  await listen(0);
  const address = server.address();
  const port = typeof address === "object" && address ? address.port : 0;
  const origin = secure ? `https://localhost:${port}` : `http://127.0.0.1:${port}`;
  /** @type {TestReceiver} */
  const receiver = {
    port,
    origin,
    url: `${origin}/hook`,
    received: [],
    ids: [],
    busiest: {},
    answer: (response) => response.end("ok"),
    reply: (how) => {
      receiver.answer = async (response, request) => {
        const answer = typeof how === "function" ? await how(request) : how;
        await answer.after;
        if (answer.afterMs) await sleep(answer.afterMs);
        leaves.get(response)();
        send(answer, response);
      };
    },
    certify: (certificate) => {
      secure?.setSecureContext(certificate);
      server.closeAllConnections();
    },
    trust: (secret, path) => {
      trusted.push({ webhook: new Webhook(secret), path });
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
    open: () => listen(port),
  };
  return receiver;
}

/**
 * @param {Answer} answer
 * @param {http.ServerResponse} response
 */
function send(answer, response) {
  if ("fault" in answer) {
    if (answer.fault === "garbage") response.socket?.end("SMTP ready\r\n\r\n");
    if (answer.fault === "reset") response.socket?.destroy();
    return;
  }
  const { status, body = "", headers } = answer;
  response
    .writeHead(status, { "content-type": "application/json", ...headers })
    .end(typeof body === "string" ? body : JSON.stringify(body));
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
  if (!body) return "";
  try {
    return String(JSON.parse(body).type);
  } catch {
    return "";
  }
}

/**
 * @param {{ webhook: Webhook, path: string | undefined }[]} trusted
 * @param {{ path: string, headers: Record<string, string>, body: string }} request
 * @returns {string | null}
 */
function problemOf(trusted, { path, headers, body }) {
  const problems = [];
  for (const { webhook, path: only } of trusted) {
    if (only !== undefined && only !== path) continue;
    try {
      webhook.verify(body, headers);
      return null;
    } catch (error) {
      problems.push(String(error));
    }
  }
  return problems.join("; ") || "no secret is trusted yet";
}
