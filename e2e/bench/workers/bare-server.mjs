import http from "node:http";
import { answerCalls, listenOnLoopback } from "../../support/worker-process.mjs";

/** The yardstick of publishing: reads the JSON of a request, and answers. */
const server = http.createServer((request, response) => {
  let body = "";
  request.setEncoding("utf8").on("data", (text) => (body += text));
  request.on("end", () => {
    JSON.parse(body);
    response.writeHead(202, { "content-type": "application/json" }).end('{"ok":true}');
  });
});
server.keepAliveTimeout = 120_000;

answerCalls({ listen: () => listenOnLoopback(server) });
