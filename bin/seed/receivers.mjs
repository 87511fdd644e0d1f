import { startTestReceiver } from "../../lib/testing/test-receiver.mjs";
import { say } from "../launcher/progress.mjs";

/** Where the receivers' paths begin: a webhook that leads there is an earlier seed's. */
export const receiverPath = "/posthorn-seed/";

/** @typedef {import("../../lib/testing/test-receiver.mjs").Answer} Answer */

/**
 * What a receiver knows of a request. `count` is how many deliveries came before this one, whose retries share it.
 * @typedef {{ count: number, attempt: number, isTest: boolean }} Asked
 */

/** @typedef {(asked: Asked) => Answer} Behaviour */

/**
 * A real HTTP server on this machine. Each path is a receiver that answers in its own way.
 * @typedef {object} Receivers
 * @property {number} port
 * @property {(name: string, behaviour: Behaviour) => void} answer says how a receiver answers from now on
 * @property {() => Promise<void>} close
 */

/** @returns {Promise<Receivers>} */
export async function startReceivers() {
  /** @type {Map<string, { behaviour: Behaviour, seen: string[] }>} */
  const receivers = new Map();
  const server = await startTestReceiver({ keeps: false, reads: () => false });
  server.reply(({ path, headers }) => {
    const receiver = receivers.get(path.slice(receiverPath.length));
    if (!receiver) return { status: 404 };
    const id = String(headers["webhook-id"]);
    if (!receiver.seen.includes(id)) receiver.seen.push(id);
    const attempt = Number(headers["posthorn-attempt"]);
    const isTest = headers["posthorn-test"] === "1";
    const answer = receiver.behaviour({ count: receiver.seen.indexOf(id), attempt, isTest });
    return "fault" in answer ? answer : { body: { received: answer.status < 300 }, ...answer };
  });
  say(`Receivers listen on port ${server.port}.`);
  return {
    port: server.port,
    answer: (name, behaviour) => {
      receivers.set(name, { behaviour, seen: [] });
    },
    close: server.close,
  };
}
