import { rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Random } from "../../lib/testing/random.mjs";
import { launchPosthorn, makeDataDir } from "../support/start-posthorn.mjs";
import { WorkerProcess } from "../support/worker-process.mjs";
import { accountFor } from "./account-for.mjs";
import { Driver } from "./driver.mjs";
import { Installation } from "./installation.mjs";

/**
 * The receiver, a process of its own that is never killed.
 * @typedef {object} Receiver
 * @property {string} url
 * @property {(method: string, params?: unknown) => Promise<unknown>} call
 */

/** Longer than a lease and the sweep after it. */
const settlePatienceMs = 240_000;

/** What a scenario plays on; whatever it starts here ends with it. */
export class Stage {
  random;
  say;
  installation = new Installation();
  receiver;
  /** Holds the journal and what else a scenario keeps on a disk. */
  folder = makeDataDir();
  /** @type {Driver | null} */
  #driver = null;
  /** @type {import("../support/start-posthorn.mjs").Posthorn[]} */
  #launched = [];
  #isKept = false;
  /** @type {(() => unknown)[]} */
  #closers = [];
  /** @type {Promise<void> | null} */
  #closing = null;

  /**
   * @param {{ seed: number, say: (line: string) => void }} options
   * @returns {Promise<Stage>}
   */
  static async open({ seed, say }) {
    const worker = new WorkerProcess(new URL("workers/receiver.mjs", import.meta.url));
    const port = await worker.call("listen");
    const receiver = {
      url: `http://127.0.0.1:${port}`,
      call: (/** @type {string} */ method, /** @type {unknown} */ params) => worker.call(method, params),
    };
    const stage = new Stage({ seed, say, receiver });
    stage.onClose(() => worker.stop());
    return stage;
  }

  /** @param {{ seed: number, say: (line: string) => void, receiver: Receiver }} options */
  constructor({ seed, say, receiver }) {
    // Made by Posthorn when it starts.
    this.dataDir = path.join(this.folder, "data");
    this.random = new Random(seed);
    this.say = say;
    this.receiver = receiver;
    this.onClose(() => {
      if (!this.#isKept) rmSync(this.folder, { recursive: true, force: true, maxRetries: 5 });
    });
  }

  /** Leaves the folder where it is, with all that Posthorn wrote, so that the cause of a loss can be found. */
  keep() {
    if (this.#closing) return;
    this.#isKept = true;
    writeFileSync(
      path.join(this.folder, "posthorn.log"),
      this.#launched.map((posthorn) => posthorn.output()).join("\n"),
    );
    this.say(`  logs and data are kept in ${this.folder}`);
  }

  /** @param {() => unknown} close */
  onClose(close) {
    this.#closers.push(close);
  }

  /** Ends what was started, the last first; once. */
  close() {
    this.#closing ??= (async () => {
      for (const close of this.#closers.reverse()) await close();
    })();
    return this.#closing;
  }

  /**
   * Starts a Posthorn that is set up as this stage's installation.
   * @param {import("../support/start-posthorn.mjs").StartOptions} [options]
   */
  async launch({ env, ...options } = {}) {
    const posthorn = await launchPosthorn({
      dataDir: this.dataDir,
      ...options,
      env: { POSTHORN_LOG_LEVEL: "error", ...this.installation.env, ...env },
    });
    this.#launched.push(posthorn);
    this.onClose(() => posthorn.stop());
    return posthorn;
  }

  /** @param {import("./driver.mjs").DriverOptions["load"]} [load] */
  startDriver(load) {
    const journalFile = path.join(this.folder, "accepted.jsonl");
    const driver = new Driver({
      installation: this.installation,
      random: this.random.fork(),
      journalFile,
      load,
    });
    this.#driver = driver;
    this.onClose(() => driver.close());
    driver.start();
    return driver;
  }

  /**
   * Waits until everything is delivered, or patience ends, and says what became of all that was published.
   * @returns {Promise<import("./account-for.mjs").Account & { records: import("./workers/receiver.mjs").Records }>}
   */
  async settle() {
    const driver = this.#driver;
    if (!driver) throw new Error("nothing was published");
    await driver.stop();
    const startedAt = Date.now();
    while (!(await this.installation.isDelivered()) && Date.now() - startedAt < settlePatienceMs) {
      await sleep(500);
    }
    const answers = [...driver.answers].map(([answer, times]) => `${answer} ${times} times`);
    this.say(`  publishing was answered ${answers.join(", ")}`);
    this.say(`  settled after ${Math.round((Date.now() - startedAt) / 1_000)} s`);
    const log = await this.installation.readLog();
    const records = /** @type {import("./workers/receiver.mjs").Records} */ (
      await this.receiver.call("records")
    );
    return { ...accountFor({ installation: this.installation, driver, records, log }), records };
  }
}
