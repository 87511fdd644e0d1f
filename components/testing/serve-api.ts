import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { json } from "node:stream/consumers";
import type { DetachedWindowAPI } from "happy-dom";
import { onTestFinished } from "vitest";

export type ApiRequest = {
  method: string;
  /** Below `/api/v1`, without the query. */
  path: string;
  query: URLSearchParams;
  body: unknown;
  /** The version that it changes. */
  ifMatch: string | undefined;
};

/** What the API answers: with status 200 unless it says another one. */
export type ApiAnswer = { status?: number; body: unknown };

/**
 * Serves the API to the components of a test by real HTTP, and puts the page onto its origin; until the test has ended.
 *
 * @returns the requests that have come, oldest first
 */
export async function serveApi(
  answer: (request: ApiRequest) => ApiAnswer | Promise<ApiAnswer>,
): Promise<ApiRequest[]> {
  const requests: ApiRequest[] = [];
  const server = createServer(async (request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? "/", "http://localhost");
    const received: ApiRequest = {
      method: request.method ?? "",
      path: pathname.replace(/^\/api\/v1/, ""),
      query: searchParams,
      body: request.headers["content-length"] ? await json(request) : undefined,
      ifMatch: request.headers["if-match"],
    };
    requests.push(received);
    const { status = 200, body } = await answer(received);
    response
      .writeHead(status, { "content-type": "application/json", connection: "close" })
      .end(JSON.stringify(body));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const { happyDOM } = window as unknown as { happyDOM: DetachedWindowAPI };
  const before = window.location.href;
  happyDOM.setURL(`http://127.0.0.1:${port}/acme`);
  onTestFinished(() => {
    happyDOM.setURL(before);
    server.close();
  });
  return requests;
}
