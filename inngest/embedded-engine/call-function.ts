import type { EngineEvent } from "./event-intake";

/** One attempt of a run. */
export type FunctionCall = {
  functionId: string;
  runId: string;
  event: EngineEvent;
  /** 0 for the first. */
  attempt: number;
  maxAttempts: number;
};

/**
 * Runs a function once, through the SDK's handler and in the protocol of Inngest's executor (version 2).
 * @throws what the function threw, as the SDK reports it, or that the function uses steps
 */
export async function callFunction(
  serve: (request: Request) => Promise<Response>,
  serveUrl: string,
  call: FunctionCall,
): Promise<void> {
  const url = new URL(serveUrl);
  url.search = new URLSearchParams({ fnId: call.functionId, stepId: "step" }).toString();
  const response = await serve(
    new Request(url, {
      method: "POST",
      headers: { host: url.host, "content-type": "application/json" },
      body: JSON.stringify({
        version: 2,
        event: call.event,
        events: [call.event],
        steps: {},
        ctx: {
          run_id: call.runId,
          attempt: call.attempt,
          max_attempts: call.maxAttempts,
          disable_immediate_execution: false,
          use_api: false,
          stack: { stack: [], current: 0 },
        },
      }),
    }),
  );
  if (response.status === 200) return;
  if (response.status === 206) throw new Error("The embedded engine does not offer steps");
  throw new Error(`The function failed (${response.status}): ${await response.text()}`);
}
