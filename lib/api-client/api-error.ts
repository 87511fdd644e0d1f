import type { Problem } from "../contract/shared";

/** A response that was not 2xx, by its problem details; `status` 0 if there was no response. */
export class ApiError extends Error {
  override readonly name = "ApiError";
  readonly status: number;
  /** Stable, for code: `validation_failed`, `not_found`, … */
  readonly code: string;
  /** For people. */
  readonly detail: string;
  readonly errors: { path: string; message: string }[];
  readonly requestId: string | undefined;

  constructor(problem: Partial<Problem> & { status: number }) {
    const detail = problem.detail ?? problem.title ?? `The server answered ${problem.status}.`;
    super(detail);
    this.status = problem.status;
    this.code = problem.code ?? "unknown";
    this.detail = detail;
    this.errors = problem.errors ?? [];
    this.requestId = problem.requestId;
  }
}
