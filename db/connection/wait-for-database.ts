import { setTimeout as sleep } from "node:timers/promises";
import { describeDatabaseError } from "../../lib/platform/describe-database-error";
import { checkServer } from "./check-server";

const retryMs = 1_000;
const sayEveryMs = 60_000;

/**
 * Waits until a database can be reached and Posthorn can run on it, for as long as that takes. While the database
 * cannot be reached (it is starting, its name does not resolve, it has no free connections), a line a minute says so.
 *
 * @throws what waiting would not change, such as a wrong password (see `checkServer`)
 */
export async function waitForDatabase(url: string, say: (line: string) => void): Promise<void> {
  for (let saidAt = Number.NEGATIVE_INFINITY; ; ) {
    try {
      return await checkServer(url);
    } catch (error) {
      const trouble = describeDatabaseError(error);
      if (!trouble?.passes) throw error;
      if (performance.now() - saidAt >= sayEveryMs) {
        say(`${trouble.summary} (${trouble.detail}); waiting for it. ${upperFirst(trouble.remedy)}`);
        saidAt = performance.now();
      }
      await sleep(retryMs);
    }
  }
}

function upperFirst(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
