import { z } from "zod";
import type { EngineEvent } from "./event-intake";

/** One request to the SDK: go through the function with what is known, and do one more thing. */
export type SdkCall = {
  functionId: string;
  runId: string;
  events: EngineEvent[];
  /** Results of the steps so far, by hashed id. */
  steps: Record<string, StepResult>;
  /** The order in which they were finished. */
  stack: string[];
  /** `step`, or the hashed id of a planned step that is to run. */
  stepId: string;
  /** 0 for the first. */
  attempt: number;
  maxAttempts: number;
  /** Set once a run has parallel steps: from then on the SDK only plans steps unless asked for one. */
  disableImmediateExecution: boolean;
};

export type StepResult = { type: "data"; data: unknown } | { type: "error"; error: unknown };

export type Operation = z.infer<typeof operationSchema>;

export type SdkAnswer =
  | { kind: "completed" }
  | { kind: "operations"; operations: Operation[]; retryAfter: string | null }
  | { kind: "failed"; error: unknown; retriable: boolean; retryAfter: string | null };

const operationSchema = z.looseObject({
  id: z.string(),
  op: z.string(),
  name: z.string().nullish(),
  displayName: z.string().nullish(),
  data: z.unknown().optional(),
  error: z.unknown().optional(),
  opts: z.looseObject({ duration: z.string().optional(), parallelMode: z.string().optional() }).nullish(),
});
const operationsSchema = z.array(operationSchema);

/** Calls the SDK's handler in-process, in the words of Inngest's executor (its protocol's version 2). */
export async function callSdk(
  serve: (request: Request) => Promise<Response>,
  serveUrl: string,
  call: SdkCall,
): Promise<SdkAnswer> {
  const url = new URL(serveUrl);
  url.searchParams.set("fnId", call.functionId);
  url.searchParams.set("stepId", call.stepId);
  const response = await serve(
    new Request(url, {
      method: "POST",
      headers: { host: url.host, "content-type": "application/json" },
      body: JSON.stringify({
        version: 2,
        event: call.events[0],
        events: call.events,
        steps: call.steps,
        ctx: {
          // Without fn_id the SDK doesn't save steps by calls to a server ("checkpointing").
          run_id: call.runId,
          attempt: call.attempt,
          max_attempts: call.maxAttempts,
          disable_immediate_execution: call.disableImmediateExecution,
          use_api: false,
          stack: { stack: call.stack, current: Math.max(0, call.stack.length - 1) },
        },
      }),
    }),
  );
  const body: unknown = parseJson(await response.text());
  const retryAfter = response.headers.get("retry-after");
  if (response.status === 200) return { kind: "completed" };
  if (response.status === 206) {
    return { kind: "operations", operations: operationsSchema.parse(body), retryAfter };
  }
  const retriable = response.status >= 500 && response.headers.get("x-inngest-no-retry") !== "true";
  return { kind: "failed", error: body, retriable, retryAfter };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return { name: "Error", message: text };
  }
}
