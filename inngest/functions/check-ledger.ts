import type { Inngest } from "inngest";
import { checkLedger as check } from "@/lib/ledger/check-ledger";

/** Every minute, which is also the retry of the one before. */
export function checkLedger(client: Inngest) {
  return client.createFunction(
    { id: "check-ledger", triggers: [{ cron: "* * * * *" }], retries: 0, concurrency: 1 },
    () => check(),
  );
}
