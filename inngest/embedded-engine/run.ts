import { randomUUID } from "node:crypto";
import { sleepMs } from "./durations";
import type { EngineEvent } from "./event-intake";
import type { FunctionDefinition } from "./registration";
import { retryAfterMs } from "./retry-delay";
import type { Operation, SdkAnswer, SdkCall, StepResult } from "./sdk-call";
import type { Timers } from "./timers";

export type RunSurroundings = {
  /** Calls the SDK as soon as the function's concurrency allows. */
  call(call: SdkCall): Promise<SdkAnswer>;
  timers: Timers;
  /** Milliseconds to wait after a failed attempt, counted from 0. */
  backoffMs(attempt: number): number;
  onFailed(run: Run, error: unknown): void;
};

/** Something to ask of the SDK: to discover what comes next (`step`), or to run a planned step by its id. */
type Job = { stepId: string; attempt: number };

const discovery = "step";

/** One run of a function: what its steps gave, and what to ask of the SDK next. */
export class Run {
  readonly id = randomUUID();
  readonly definition: FunctionDefinition;
  readonly events: EngineEvent[];
  readonly #around: RunSurroundings;
  readonly #steps: Record<string, StepResult> = {};
  readonly #stack: string[] = [];
  /** Steps that were planned, and sleeps, which are not over. */
  readonly #pending = new Set<string>();
  #hasParallelSteps = false;
  #ended = false;

  constructor(definition: FunctionDefinition, events: EngineEvent[], around: RunSurroundings) {
    this.definition = definition;
    this.events = events;
    this.#around = around;
  }

  start(): void {
    this.#do({ stepId: discovery, attempt: 0 });
  }

  #do(job: Job): void {
    void this.#ask(job).then((answer) => {
      if (!this.#ended) this.#take(job, answer);
    });
  }

  async #ask(job: Job): Promise<SdkAnswer> {
    try {
      return await this.#around.call({
        functionId: this.definition.id,
        runId: this.id,
        events: this.events,
        steps: this.#steps,
        stack: this.#stack,
        stepId: job.stepId,
        attempt: job.attempt,
        maxAttempts: this.definition.retries + 1,
        disableImmediateExecution: this.#hasParallelSteps,
      });
    } catch (error) {
      return { kind: "failed", error: toPlainError(error), retriable: true, retryAfter: null };
    }
  }

  #take(job: Job, answer: SdkAnswer): void {
    if (answer.kind === "completed") {
      this.#ended = true;
    } else if (answer.kind === "operations") {
      this.#perform(job, answer.operations, answer.retryAfter);
    } else if (answer.retriable && job.attempt < this.definition.retries) {
      this.#retry(job, answer.retryAfter);
    } else {
      this.#fail(answer.error);
    }
  }

  #perform(job: Job, operations: Operation[], retryAfter: string | null): void {
    const fresh = operations.filter(({ id }) => !this.#pending.has(id) || id === job.stepId);
    if (fresh.filter(({ op }) => op === "StepPlanned" || op === "Sleep").length > 1)
      this.#hasParallelSteps = true;
    for (const operation of fresh) this.#performOne(job, operation, retryAfter);
    if (fresh.length === 0 && this.#pending.size === 0) {
      this.#fail({
        name: "Error",
        message: "The function waits for something that none of its steps will bring",
      });
    }
  }

  #performOne(job: Job, operation: Operation, retryAfter: string | null): void {
    switch (operation.op) {
      case "StepRun":
        this.#memoise(operation, { type: "data", data: operation.data ?? null });
        break;
      case "StepFailed":
        this.#memoise(operation, { type: "error", error: operation.error });
        break;
      case "StepError":
        this.#retry(job, retryAfter);
        break;
      case "StepPlanned":
        this.#pending.add(operation.id);
        this.#do({ stepId: operation.id, attempt: 0 });
        break;
      case "Sleep":
        this.#pending.add(operation.id);
        this.#around.timers.after(sleepMs(operation.opts?.duration ?? operation.name ?? ""), () => {
          this.#memoise(operation, { type: "data", data: null });
        });
        break;
      case "RunComplete":
        this.#ended = true;
        break;
      default: {
        const step = operation.displayName ?? operation.id;
        this.#fail({
          name: "Error",
          message: `The embedded engine does not offer ${operation.op} ("${step}")`,
        });
      }
    }
  }

  /** Keeps a step's result and goes on: after the last of parallel steps, or after each one in a race. */
  #memoise(operation: Operation, result: StepResult): void {
    if (this.#ended) return;
    this.#pending.delete(operation.id);
    this.#steps[operation.id] = result;
    this.#stack.push(operation.id);
    if (this.#pending.size === 0 || operation.opts?.parallelMode === "race") {
      this.#do({ stepId: discovery, attempt: 0 });
    }
  }

  #retry(job: Job, retryAfter: string | null): void {
    const wait = retryAfterMs(retryAfter) ?? this.#around.backoffMs(job.attempt);
    this.#around.timers.after(wait, () => {
      if (!this.#ended) this.#do({ stepId: job.stepId, attempt: job.attempt + 1 });
    });
  }

  #fail(error: unknown): void {
    this.#ended = true;
    this.#around.onFailed(this, error);
  }
}

function toPlainError(error: unknown): { name: string; message: string; stack?: string } {
  if (error instanceof Error) return { name: error.name, message: error.message, stack: error.stack };
  return { name: "Error", message: String(error) };
}
