import type { Inngest } from "inngest";
import { checkLedger as checkLedgerNow } from "@/lib/ledger/check-ledger";

/**
 * Every minute: folds the ledger, looks for what is late, and every five minutes compares the ledger with the tables.
 * One process does it for all. Not retried: the next minute is its retry.
 */
export function checkLedger(client: Inngest) {
  return client.createFunction(
    {
      id: "check-ledger",
      triggers: [{ cron: "* * * * *" }],
      retries: 0,
      concurrency: 1,
      checkpointing: false,
    },
    async () => checkLedgerNow(),
  );
}
