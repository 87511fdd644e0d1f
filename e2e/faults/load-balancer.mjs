import http from "node:http";
import { setTimeout as sleep } from "node:timers/promises";

const checkEveryMs = 500;
const checkPatienceMs = 2_000;

/**
 * A reverse proxy, as people put before several processes: it asks each for its health, sends requests in turn to those
 * that are well, over connections that it keeps, and to the next one if a connection can't be opened. Whatever else goes
 * wrong is a 502.
 */
export class LoadBalancer {
  /** By port: whether it was well when it was last asked. @type {Map<number, boolean>} */
  #isWell;
  #agent = new http.Agent({ keepAlive: true });
  #server = http.createServer((request, response) => this.#pass(request, response));
  #turn = 0;
  #closing = new AbortController();

  /** @param {number[]} ports of processes on this machine, taken for well until they are asked */
  constructor(ports) {
    this.#isWell = new Map(ports.map((port) => [port, true]));
  }

  /** @returns {Promise<string>} its URL */
  async listen() {
    await new Promise((resolve) => this.#server.listen(0, "127.0.0.1", () => resolve(undefined)));
    for (const port of this.#isWell.keys()) void this.#checkOn(port);
    const address = /** @type {import("node:net").AddressInfo} */ (this.#server.address());
    return `http://127.0.0.1:${address.port}`;
  }

  async close() {
    this.#closing.abort();
    this.#agent.destroy();
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  /** @param {number} port */
  async #checkOn(port) {
    while (!this.#closing.signal.aborted) {
      const signal = AbortSignal.any([this.#closing.signal, AbortSignal.timeout(checkPatienceMs)]);
      const isWell = await fetch(`http://127.0.0.1:${port}/api/health`, { signal }).then(
        async (response) => {
          await response.body?.cancel();
          return response.ok;
        },
        () => false,
      );
      this.#isWell.set(port, isWell);
      await sleep(checkEveryMs);
    }
  }

  /**
   * @param {http.IncomingMessage} request
   * @param {http.ServerResponse} response
   */
  async #pass(request, response) {
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    const body = Buffer.concat(chunks);
    this.#turn += 1;
    const ports = [...this.#isWell].filter(([, isWell]) => isWell).map(([port]) => port);
    const inTurn = ports.map((_, place) => ports[(place + this.#turn) % ports.length] ?? 0);
    for (const port of inTurn) {
      try {
        const answer = await this.#send(port, request, body);
        response.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(response);
        return;
      } catch (error) {
        if (error instanceof Error && "code" in error && error.code === "ECONNREFUSED") continue;
        response.writeHead(502).end(String(error));
        return;
      }
    }
    response.writeHead(502).end("no process is well");
  }

  /**
   * @param {number} port
   * @param {http.IncomingMessage} request
   * @param {Buffer} body
   * @returns {Promise<http.IncomingMessage>}
   */
  #send(port, { method, url, headers }, body) {
    const { connection: _connection, ...passed } = headers;
    return new Promise((resolve, reject) => {
      http
        .request({ host: "127.0.0.1", port, method, path: url, headers: passed, agent: this.#agent }, resolve)
        .on("error", reject)
        .end(body);
    });
  }
}
