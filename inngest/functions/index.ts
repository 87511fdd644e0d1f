import type { Inngest } from "inngest";
import { applyRetention } from "./apply-retention";
import { checkLedger } from "./check-ledger";
import { deliverDue } from "./deliver-due";
import { indexPayloads } from "./index-payloads";
import { makePartitions } from "./make-partitions";
import { removeWorkspaces } from "./remove-workspaces";
import { runReplays } from "./run-replays";
import { runSelfTest } from "./run-self-test";
import { sendEmails } from "./send-emails";
import { sweep } from "./sweep";

/** All functions of Posthorn, created for a client: the same on the embedded engine and on a server. */
export function createFunctions(client: Inngest) {
  return [
    deliverDue(client),
    runReplays(client),
    runSelfTest(client),
    sendEmails(client),
    sweep(client),
    checkLedger(client),
    makePartitions(client),
    applyRetention(client),
    removeWorkspaces(client),
    indexPayloads(client),
  ];
}
