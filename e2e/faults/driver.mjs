import { closeSync, fdatasyncSync, openSync, writeSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";

/**
 * What one request publishes. Each event carries a mark in its data, by which it is known at the receiver, whatever
 * became of the answer.
 * @typedef {object} Publication
 * @property {{ type: string, mark: string }[]} events
 * @property {boolean} isBatch
 * @property {boolean} keyed with idempotency keys: sent again until it is answered
 * @property {"waiting" | "accepted" | "refused" | "unknown"} outcome `refused`: it was said that nothing was written;
 *   `unknown`: no answer came, or one that promises nothing
 * @property {string[]} eventIds of an accepted one, in the order of `events`
 */

/**
 * @typedef {object} DriverOptions
 * @property {import("./installation.mjs").Installation} installation
 * @property {import("../../lib/testing/random.mjs").Random} random
 * @property {string} journalFile keeps what was answered 202, a line each
 * @property {{ loops?: number, pauseMs?: [number, number], batchMax?: number }} [load]
 */

const requestPatienceMs = 30_000;
const retryAfterMs = 100;

/**
 * Publishes in several loops: single events and batches, with and without idempotency keys. What is answered 202 is on
 * the disk before it counts.
 */
export class Driver {
  /** @type {Publication[]} */
  publications = [];
  /** How many answers there were, by status; or by why there was none. @type {Map<string, number>} */
  answers = new Map();
  /** Answers that nothing explains: neither 202 nor 503. @type {string[]} */
  unexpected = [];
  #installation;
  #random;
  #load;
  #journal;
  #isStopping = false;
  #giveUp = new AbortController();
  /** @type {Promise<void>[]} */
  #loops = [];

  /** @param {DriverOptions} options */
  constructor({ installation, random, journalFile, load }) {
    this.#installation = installation;
    this.#random = random;
    this.#load = { loops: 2, pauseMs: /** @type {[number, number]} */ ([20, 150]), batchMax: 10, ...load };
    this.#journal = openSync(journalFile, "a");
  }

  get acceptedCount() {
    return this.publications.reduce((sum, { eventIds }) => sum + eventIds.length, 0);
  }

  start() {
    this.#loops = Array.from({ length: this.#load.loops }, () => this.#publishOn());
  }

  /** Begins nothing new, and waits until what has keys is answered. */
  async stop() {
    this.#isStopping = true;
    await Promise.all(this.#loops);
  }

  /** Stops, and gives up what still waits for an answer. */
  async close() {
    this.#giveUp.abort();
    await this.stop();
    closeSync(this.#journal);
  }

  async #publishOn() {
    const [shortest, longest] = this.#load.pauseMs;
    while (!this.#isStopping) {
      await this.#send(this.#compose());
      await sleep(this.#random.between(shortest, longest));
    }
  }

  /** @returns {Publication} */
  #compose() {
    const random = this.#random;
    const number = this.publications.length;
    const isBatch = random.chance(0.4);
    const size = isBatch ? random.between(1, this.#load.batchMax) : 1;
    const events = Array.from({ length: size }, (_, place) => ({
      type: random.pick(this.#installation.types),
      mark: `${number}.${place}`,
    }));
    /** @type {Publication} */
    const publication = { events, isBatch, keyed: random.chance(0.5), outcome: "waiting", eventIds: [] };
    this.publications.push(publication);
    return publication;
  }

  /** @param {Publication} publication */
  async #send(publication) {
    do {
      const answer = await this.#request(publication);
      if (answer.eventIds) return this.#accept(publication, answer.eventIds);
      await sleep(retryAfterMs);
      publication.outcome = answer.isRefused ? "refused" : "unknown";
      if (answer.isFinal) return;
    } while (publication.keyed && !this.#giveUp.signal.aborted);
  }

  /**
   * @param {Publication} publication
   * @param {string[]} eventIds
   */
  #accept(publication, eventIds) {
    writeSync(this.#journal, `${JSON.stringify({ events: publication.events, eventIds })}\n`);
    fdatasyncSync(this.#journal);
    publication.eventIds = eventIds;
    publication.outcome = "accepted";
  }

  /**
   * @param {Publication} publication
   * @returns {Promise<{ eventIds?: string[], isRefused?: boolean, isFinal?: boolean }>} the events' ids when it was
   *   answered 202; `isFinal` when sending it again cannot help
   */
  async #request({ events, isBatch, keyed }) {
    const bodies = events.map(({ type, mark }) => ({
      type,
      data: { mark },
      ...(keyed ? { idempotencyKey: mark } : {}),
    }));
    try {
      const { status, text } = await this.#installation.send(
        "POST",
        isBatch ? "/events/batch" : "/events",
        isBatch ? { events: bodies } : bodies[0],
        {
          url: this.#random.pick(this.#installation.urls),
          signal: AbortSignal.any([this.#giveUp.signal, AbortSignal.timeout(requestPatienceMs)]),
        },
      );
      this.#count(String(status));
      if (status === 202) {
        /** @type {{ id: string, data?: { id: string }[] }} */
        const answer = JSON.parse(text);
        return { eventIds: (answer.data ?? [answer]).map(({ id }) => id) };
      }
      if (status === 503) return { isRefused: text.includes("nothing was written") };
      this.unexpected.push(`publishing was answered ${status}: ${text}`);
      return { isFinal: status < 500 };
    } catch (error) {
      this.#count(reasonOf(error));
      return {};
    }
  }

  /** @param {string} answer */
  #count(answer) {
    this.answers.set(answer, (this.answers.get(answer) ?? 0) + 1);
  }
}

/**
 * Why no answer came, such as `ECONNREFUSED`.
 * @param {unknown} error
 */
function reasonOf(error) {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  if (cause instanceof Error && "code" in cause && typeof cause.code === "string") return cause.code;
  return cause instanceof Error ? cause.name : String(cause);
}
