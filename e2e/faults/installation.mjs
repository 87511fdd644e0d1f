import { randomBytes } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";

/** @typedef {{ id: string, path: string, eventTypes: string[] | null }} Webhook */

const readPatienceMs = 60_000;
/** Both webhooks take the first, and only one of them the second. */
const types = ["order.paid", "order.noted"];

/**
 * An installation as its producer sees it: made by settings, reached at one address or several, with two webhooks
 * that point to the receiver.
 */
export class Installation {
  types = types;
  /** The URLs of its processes that run. @type {string[]} */
  urls = [];
  /** @type {Webhook[]} */
  webhooks = [];
  /** Makes the first owner, the workspace and the key. @type {Record<string, string>} */
  env;
  /** What a Posthorn needs besides with a database of the user's. */
  secrets = {
    POSTHORN_ENCRYPTION_KEY: randomBytes(32).toString("base64"),
    POSTHORN_AUTH_SECRET: randomBytes(32).toString("hex"),
  };
  #headers;

  constructor() {
    const apiKey = `phk_${randomBytes(24).toString("hex")}`;
    this.#headers = { authorization: `Bearer ${apiKey}`, "content-type": "application/json" };
    this.env = {
      POSTHORN_BOOTSTRAP_EMAIL: "owner@example.com",
      POSTHORN_BOOTSTRAP_PASSWORD: randomBytes(12).toString("hex"),
      POSTHORN_BOOTSTRAP_API_KEY: apiKey,
    };
  }

  /**
   * @param {string} method
   * @param {string} route such as `/events`
   * @param {unknown} [body]
   * @param {{ url?: string, signal?: AbortSignal }} [options]
   * @returns {Promise<{ status: number, text: string }>} throws if no answer came
   */
  async send(method, route, body, { url = this.urls[0], signal = AbortSignal.timeout(30_000) } = {}) {
    const response = await fetch(`${url}/api/v1${route}`, {
      method,
      headers: this.#headers,
      signal,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return { status: response.status, text: await response.text() };
  }

  /**
   * A request that is to succeed.
   * @param {string} method
   * @param {string} route
   * @param {unknown} [body]
   */
  async ask(method, route, body) {
    const { status, text } = await this.send(method, route, body);
    if (status >= 300) throw new Error(`${method} ${route} was answered ${status}: ${text}`);
    return JSON.parse(text);
  }

  /**
   * Reads something, again and again while the database is said to be away: what was broken may not be whole yet.
   * @param {string} route
   */
  async read(route) {
    const deadline = Date.now() + readPatienceMs;
    for (;;) {
      const { status, text } = await this.send("GET", route);
      if (status < 300) return JSON.parse(text);
      if (status !== 503 || Date.now() > deadline)
        throw new Error(`GET ${route} was answered ${status}: ${text}`);
      await sleep(100);
    }
  }

  /**
   * Makes the webhooks, and gives the receiver their secrets.
   * @param {import("./stage.mjs").Receiver} receiver
   */
  async addWebhooks(receiver) {
    for (const [path, eventTypes] of /** @type {const} */ ([
      ["/all", null],
      ["/paid", ["order.paid"]],
    ])) {
      const { id } = await this.ask("POST", "/endpoints", { url: `${receiver.url}${path}`, eventTypes });
      const { secret } = await this.ask("GET", `/endpoints/${id}/secret`);
      await receiver.call("trust", { path, secret });
      this.webhooks.push({ id, path, eventTypes: eventTypes && [...eventTypes] });
    }
  }

  /**
   * The paths that an event of a type is sent to.
   * @param {string} type
   */
  pathsOf(type) {
    return this.webhooks
      .filter(({ eventTypes }) => eventTypes?.includes(type) ?? true)
      .map(({ path }) => path);
  }

  /**
   * The log, whole.
   * @returns {Promise<{ id: string, eventId: string, status: string }[]>}
   */
  async readLog() {
    const deliveries = [];
    let cursor = "";
    do {
      const page = await this.read(`/deliveries?limit=100${cursor && `&cursor=${cursor}`}`);
      deliveries.push(...page.data);
      cursor = page.nextCursor ? encodeURIComponent(page.nextCursor) : "";
    } while (cursor);
    return deliveries;
  }

  /** Attempts that failed in a row, of all webhooks together. */
  async failuresInARow() {
    const { data } = await this.ask("GET", "/endpoints");
    return data.reduce(
      (/** @type {number} */ sum, /** @type {{ consecutiveFailures: number }} */ { consecutiveFailures }) =>
        sum + consecutiveFailures,
      0,
    );
  }

  /** Whether no delivery waits for an attempt any more. */
  async isDelivered() {
    const { data } = await this.read("/deliveries?limit=1&status=pending");
    return data.length === 0;
  }
}
