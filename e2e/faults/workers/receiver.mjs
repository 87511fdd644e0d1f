import { setTimeout as sleep } from "node:timers/promises";
import { startTestReceiver } from "../../../lib/testing/test-receiver.mjs";
import { answerCalls } from "../../support/worker-process.mjs";

/**
 * How it takes requests: `well` answers 200, `failing` 500, `resetting` cuts the connection, `down` does not listen.
 * @typedef {"well" | "failing" | "resetting" | "down"} Mode
 */

/** @typedef {{ mode: Mode, delayMs: [number, number] }} Behaviour `delayMs`: the shortest and the longest */

/**
 * A request that was answered 200.
 * @typedef {{ webhookId: string, path: string, eventId: string, mark: string }} Received
 */

/**
 * @typedef {object} Records
 * @property {Received[]} received
 * @property {string[]} unsigned why a signature did not hold
 * @property {Record<string, number>} busiest by path: how many requests there were at a time, at most
 */

/** @typedef {import("../../../lib/testing/test-receiver.mjs").TestReceiver} TestReceiver */

/** @type {Behaviour} */
let behaviour = { mode: "well", delayMs: [0, 30] };
let isDown = false;
/** @type {Received[]} */
const received = [];
/** @type {string[]} */
const unsigned = [];
const receiver = await startTestReceiver({ keeps: false });
receiver.reply(async (request) => {
  const { mode, delayMs } = behaviour;
  await sleep(delayMs[0] + Math.random() * (delayMs[1] - delayMs[0]));
  if (mode === "failing") return { status: 500, body: "failing" };
  if (mode !== "well") return { fault: "reset" };
  note(request);
  return { status: 200, body: "ok" };
});

answerCalls({
  listen: () => receiver.port,
  trust: (/** @type {{ path: string, secret: string }} */ { path, secret }) => receiver.trust(secret, path),
  behave: async (/** @type {Behaviour} */ wanted) => {
    behaviour = wanted;
    if (isDown === (wanted.mode === "down")) return;
    isDown = !isDown;
    await (isDown ? receiver.close() : receiver.open());
  },
  records: () => ({ received, unsigned, busiest: receiver.busiest }),
});

/** @param {import("../../../lib/testing/test-receiver.mjs").Received} request */
function note({ path, headers, body, signatureProblem }) {
  const webhookId = String(headers["webhook-id"]);
  if (signatureProblem !== null) unsigned.push(`${webhookId}: ${signatureProblem}`);
  /** @type {{ id: string, data: { mark: string } }} */
  const { id, data } = JSON.parse(body);
  received.push({ webhookId, path, eventId: id, mark: data.mark });
}
