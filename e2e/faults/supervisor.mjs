import { setTimeout as sleep } from "node:timers/promises";
import { freePort } from "../support/free-port.mjs";
import { killBackend, killParts } from "./kill-parts.mjs";

/**
 * What is killed: the app; the database's server; one process of the database that serves a connection, or writes in
 * the background, so that the server restarts itself; or all at once, the launcher included.
 */
const targets = /** @type {const} */ (["app", "database", "backend", "everything"]);
/** @typedef {typeof targets[number]} Target */

/** @typedef {import("../support/start-posthorn.mjs").Posthorn} Posthorn */

/** Keeps one Posthorn running on a port and a data folder, as a system's service manager does, and kills it. */
export class Supervisor {
  static targets = targets;
  #stage;
  #port;
  /** @type {Posthorn | null} */
  #posthorn = null;
  #hasEnded = true;

  /** @param {import("./stage.mjs").Stage} stage */
  static async make(stage) {
    const port = await freePort();
    stage.installation.urls = [`http://127.0.0.1:${port}`];
    return new Supervisor(stage, port);
  }

  /**
   * @param {import("./stage.mjs").Stage} stage
   * @param {number} port
   */
  constructor(stage, port) {
    this.#stage = stage;
    this.#port = port;
  }

  /** Starts it if it has ended. */
  async run() {
    if (this.#posthorn && !this.#hasEnded) return this.#posthorn;
    const posthorn = await this.#stage.launch({ port: this.#port });
    this.#posthorn = posthorn;
    this.#hasEnded = false;
    void posthorn.waitForExit().then(() => {
      if (this.#posthorn === posthorn) this.#hasEnded = true;
    });
    return posthorn;
  }

  /** Waits until it answers, starting it again if it ends by itself meanwhile. */
  async ready() {
    for (;;) {
      const posthorn = await this.run();
      try {
        await posthorn.waitUntilReady();
        return;
      } catch {
        const reason = posthorn.output().trim().split("\n").at(-1);
        this.#stage.say(`  it exited during its start and is restarted: ${reason}`);
      }
    }
  }

  /**
   * Kills a part with SIGKILL, and waits until whoever looks after it has noticed.
   * @param {Target} target
   * @returns {Promise<boolean>} whether there was anything to kill
   */
  async kill(target) {
    const posthorn = this.#posthorn;
    if (!posthorn || this.#hasEnded) return false;
    if (target === "everything") {
      killParts(posthorn, ["launcher", "app", "postgres"]);
      await posthorn.waitForExit();
      return true;
    }
    if (target === "backend") return killBackend(posthorn, this.#stage.random);
    const part = target === "app" ? "app" : "postgres";
    const pid = posthorn.processes()[part];
    if (!killParts(posthorn, [part])) return false;
    while (posthorn.processes()[part] === pid && !this.#hasEnded) await sleep(20);
    return true;
  }
}
