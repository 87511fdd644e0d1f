import { once } from "node:events";
import http from "node:http";
import type { AddressInfo } from "node:net";

export type RecordedRequest = { headers: Record<string, string>; body: string };

/** A real HTTP server that answers 200 and keeps what it got. */
export type RecordingReceiver = { url: string; requests: RecordedRequest[]; close(): void };

export async function startRecordingReceiver(): Promise<RecordingReceiver> {
  const requests: RecordedRequest[] = [];
  const server = http.createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const headers = Object.entries(request.headers).map(([name, value]) => [name, String(value)]);
    requests.push({ headers: Object.fromEntries(headers), body: Buffer.concat(chunks).toString("utf8") });
    response.end("ok");
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`,
    requests,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}
