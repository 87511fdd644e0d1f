import { once } from "node:events";
import http from "node:http";
import type { AddressInfo } from "node:net";

/** A receiver of webhooks on a port of its own. */
export type TestReceiver = {
  url: string;
  /** The `webhook-id` of each request, in the order in which they came. */
  ids: string[];
  /** How requests are answered from now on; 200 at first. */
  answer: (response: http.ServerResponse) => void;
  close(): void;
};

export async function startTestReceiver(): Promise<TestReceiver> {
  const receiver: TestReceiver = {
    url: "",
    ids: [],
    answer: (response) => response.end("ok"),
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
  const server = http.createServer((request, response) => {
    receiver.ids.push(String(request.headers["webhook-id"]));
    request.resume().on("end", () => receiver.answer(response));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  receiver.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`;
  return receiver;
}

export const answerWith = (status: number) => (response: http.ServerResponse) => {
  response.statusCode = status;
  response.end();
};
