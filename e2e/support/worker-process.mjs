import { fork } from "node:child_process";

/** @typedef {{ id: number, method: string, params: unknown }} Call */
/** @typedef {{ id: number, result?: unknown, error?: string }} Answer */

/** A program as a process of its own, whose functions are called over its channel. */
export class WorkerProcess {
  #child;
  #ended;
  #lastId = 0;
  /** @type {Map<number, { resolve: (result: unknown) => void, reject: (error: Error) => void }>} */
  #waiting = new Map();

  /** @param {URL} program one that calls `answerCalls` */
  constructor(program) {
    this.#child = fork(program, { stdio: ["ignore", "inherit", "inherit", "ipc"] });
    this.#child.on("message", (message) => this.#settle(/** @type {Answer} */ (message)));
    this.#ended = new Promise((resolve) =>
      this.#child.once("exit", (code, signal) => {
        for (const { reject } of this.#waiting.values()) {
          reject(new Error(`${program.pathname} ended (${signal ?? code})`));
        }
        resolve(undefined);
      }),
    );
  }

  /**
   * @param {string} method
   * @param {unknown} [params]
   * @returns {Promise<unknown>}
   */
  call(method, params) {
    const id = ++this.#lastId;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#child.send(
        { id, method, params },
        (error) => error && this.#settle({ id, error: error.message }),
      );
    });
  }

  async stop() {
    if (this.#child.connected) this.#child.disconnect();
    await this.#ended;
  }

  /** @param {Answer} answer */
  #settle({ id, result, error }) {
    const call = this.#waiting.get(id);
    this.#waiting.delete(id);
    if (error === undefined) call?.resolve(result);
    else call?.reject(new Error(error));
  }
}

/**
 * Answers the calls of the process that started this one, and ends with it.
 * @param {Record<string, (params: never) => unknown>} methods
 */
export function answerCalls(methods) {
  process.on("message", async (message) => {
    const { id, method, params } = /** @type {Call} */ (message);
    try {
      process.send?.({ id, result: await methods[method]?.(/** @type {never} */ (params)) });
    } catch (error) {
      process.send?.({ id, error: error instanceof Error ? error.message : String(error) });
    }
  });
  process.once("disconnect", () => process.exit(0));
}

/**
 * Has a worker's server listen on a free port of this machine.
 * @param {import("node:http").Server} server
 * @returns {Promise<number>} the port
 */
export function listenOnLoopback(server) {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      resolve(typeof address === "object" && address ? address.port : 0);
    });
  });
}
