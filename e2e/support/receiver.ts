import http from "node:http";
import type { AddressInfo } from "node:net";
import { Webhook } from "standardwebhooks";

/** A request as a receiver got it. */
export type Received = {
  path: string;
  headers: Record<string, string>;
  /** Byte for byte. */
  body: string;
  /** What its `type` field says. */
  type: string;
  /** Why the signature does not hold; `null` if it does. */
  signatureProblem: string | null;
};

/** What a receiver answers, once `after` is settled. */
export type Answer = {
  status: number;
  body?: string;
  headers?: Record<string, string>;
  after?: Promise<unknown>;
};

/** A real HTTP server that webhooks point to. It checks each signature by the `standardwebhooks` package. */
export type Receiver = {
  url: string;
  received: readonly Received[];
  /** The secrets that signatures are checked with; until one is named, no signature holds. */
  trust(secret: string): void;
  /** What it answers from now on: at first 200. */
  answer(how: Answer | ((request: Received) => Answer)): void;
  close(): Promise<void>;
};

export async function startReceiver(): Promise<Receiver> {
  const received: Received[] = [];
  const trusted: Webhook[] = [];
  let answerTo: (request: Received) => Answer = () => ({ status: 200, body: '{"received":true}' });

  const server = http.createServer(async (request, response) => {
    const chunks: Buffer[] = [];
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
    const event: { type?: unknown } = JSON.parse(body);
    const entry: Received = {
      path: request.url ?? "/",
      headers,
      body,
      type: String(event.type),
      signatureProblem: problemOf(trusted, body, headers),
    };
    received.push(entry);
    const answer = answerTo(entry);
    await answer.after;
    response.writeHead(answer.status, { "content-type": "application/json", ...answer.headers });
    response.end(answer.body ?? "");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;

  return {
    url: `http://127.0.0.1:${port}`,
    received,
    trust: (secret) => {
      trusted.push(new Webhook(secret));
    },
    answer: (how) => {
      answerTo = typeof how === "function" ? how : () => how;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function problemOf(trusted: Webhook[], body: string, headers: Record<string, string>): string | null {
  const problems: string[] = [];
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

/** A promise and what settles it: an answer that waits until the test lets it go. */
export function gate(): { opened: Promise<void>; open: () => void } {
  let open = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open };
}
