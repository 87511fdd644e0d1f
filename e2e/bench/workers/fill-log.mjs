import { answerCalls } from "../../support/worker-process.mjs";
import { withSource } from "../support/load-source.mjs";

answerCalls({ fill });

/** @typedef {typeof import("../../../db/testing/fill-log.ts")} Filling */
/** @typedef {Awaited<ReturnType<typeof fill>>} Filled */

/**
 * Fills the log of a workspace, by the app's sources.
 * @param {{ databaseUrl: string } & Omit<Parameters<Filling["fillLog"]>[1], "say">} params
 */
async function fill({ databaseUrl, ...params }) {
  return withSource("db/testing/fill-log.ts", async (/** @type {Filling} */ filling) => {
    const { fillLog, placesOf, rareType, unusedType } = filling;
    return { ...(await fillLog(databaseUrl, params)), placesOf, rareType, unusedType };
  });
}
