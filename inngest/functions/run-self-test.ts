import type { Inngest } from "inngest";
import { runSelfTest as run } from "@/lib/self-test/run-self-test";
import { selfTestDue } from "../events";

/** When an operator asks for a self-test. */
export function runSelfTest(client: Inngest) {
  return client.createFunction(
    { id: "run-self-test", triggers: [selfTestDue], retries: 0, concurrency: 1 },
    () => run(),
  );
}
