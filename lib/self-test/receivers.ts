import { setTimeout as sleep } from "node:timers/promises";
import { Worker } from "node:worker_threads";
import { database } from "@/db/connection/database";
import { insertSelfTestReceipts } from "@/db/queries/self-tests";
import { fromPublicId, newId } from "../core/ids";
import { selfTestOfPath } from "../delivery/self-test-receiver";
import { log } from "../platform/log";
import type { FromReceivers, Receipt } from "./receiver-thread.mjs";

const holder = globalThis as { posthornReceivers?: Promise<number> };

/** Receipts that could not be stored are retried, for as long as a database outage may last. */
const triesMax = 60;
const tryAgainMs = 500;

/**
 * Opens this process's receivers of self-tests, real HTTP servers on a separate thread, unless they are open. They
 * stay open until the process ends.
 *
 * @returns the port
 */
export function openOwnReceivers(): Promise<number> {
  holder.posthornReceivers ??= new Promise((resolve, reject) => {
    const worker = new Worker(new URL("./receiver-thread.mjs", import.meta.url));
    worker.unref();
    worker.on("message", (message: FromReceivers) => {
      if ("port" in message) resolve(message.port);
      else void keep(message.receipts);
    });
    const end = (error: Error) => {
      delete holder.posthornReceivers;
      reject(error);
    };
    worker.on("error", end);
    worker.on("exit", () => end(new Error("the self-test receivers exited")));
  });
  return holder.posthornReceivers;
}

async function keep(receipts: Receipt[]): Promise<void> {
  const rows = receipts.flatMap(({ path, webhookId, at }) => {
    const selfTestId = selfTestOfPath(path);
    const deliveryId = fromPublicId("delivery", webhookId);
    return selfTestId && deliveryId
      ? [{ id: newId(), selfTestId, deliveryId, receivedAt: new Date(at) }]
      : [];
  });
  for (let tries = 1; rows.length > 0; tries += 1) {
    try {
      return await insertSelfTestReceipts(database().db, rows);
    } catch (error) {
      if (tries === triesMax) return log().warn({ error }, "what a self-test received could not be recorded");
      await sleep(tryAgainMs);
    }
  }
}
