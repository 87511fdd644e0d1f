import { Inngest, type InngestFunction } from "inngest";
import { onTestFinished } from "vitest";
import { EmbeddedEngine, type EmbeddedEngineOptions } from "../embedded-engine/embedded-engine";

const silent = { info() {}, warn() {}, error() {}, debug() {} };

/** An embedded engine with functions made for the test, and a client that sends to it. Retries at once by default. */
export async function startTestEngine(
  makeFunctions: (client: Inngest) => InngestFunction.Like[],
  options: Pick<EmbeddedEngineOptions, "backoffMs"> = { backoffMs: () => 0 },
) {
  const client: Inngest = new Inngest({
    id: "test",
    isDev: true,
    baseUrl: "http://embedded-engine.invalid",
    eventKey: "test",
    logger: silent,
    fetch: (input, init) => engine.fetch(input, init),
  });
  const engine = new EmbeddedEngine({ client, functions: makeFunctions(client), ...options });
  await engine.start();
  onTestFinished(() => engine.stop());
  return { client, engine };
}

/** A promise with its resolver, for a test that decides when something goes on. */
export function gate() {
  let open = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { open, opened };
}
