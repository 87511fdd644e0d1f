import type { Dispatcher } from "undici";
import type { AttemptError } from "../deliveries/constants";
import { refuseUrl } from "./address-guard/refuse-url";
import type { DeliveryAgent } from "./agent";
import { AttemptFailure } from "./attempt-failure";
import { classifyError } from "./classify-error";
import { attemptTimeoutMs, interimResponsesMax, type PrivateTargets, responseBytesMax } from "./constants";
import { recordable } from "./recordable";
import { remember } from "./remember";

export type AttemptResult = {
  startedAt: Date;
  durationMs: number;
  /** `null` where no response came; then `error` says why. */
  httpStatus: number | null;
  error: AttemptError | null;
  errorDetail: string | null;
  responseHeaders: Record<string, string> | null;
  responseBody: Buffer | null;
  responseTruncated: boolean;
};

/**
 * Makes one HTTP request and says how it went; it never throws. The whole exchange has 15 seconds, the body included;
 * of the body 64 KiB are kept, then the socket is closed and the status decides. Where the URL itself leads somewhere
 * that the agent may not connect to, nothing is dialled: the client looks up no name for an address.
 */
export function sendAttempt(request: {
  agent: DeliveryAgent;
  url: string;
  headers: Record<string, string>;
  body: string;
  timeoutMs?: number;
}): Promise<AttemptResult> {
  return new Promise((resolve) => {
    const exchange = new Exchange(request.timeoutMs ?? attemptTimeoutMs, resolve);
    try {
      const { origin, path, refusal } = readUrl(request.url, request.agent.targets);
      if (refusal !== null) throw new AttemptFailure("blocked_address", `The URL ${refusal}`);
      request.agent.dispatch(
        { origin, path, method: "POST", headers: request.headers, body: request.body },
        exchange,
      );
    } catch (error) {
      exchange.finish(error);
    }
  });
}

const urlsKept = 2_000;
const readUrl = remember(urlsKept, (text, targets: PrivateTargets) => {
  const url = new URL(text);
  return { origin: url.origin, path: url.pathname + url.search, refusal: refuseUrl(url, targets) };
});

/** One exchange as the HTTP client reports it. */
class Exchange implements Dispatcher.DispatchHandler {
  private readonly startedAt = new Date();
  private readonly start = performance.now();
  private readonly timer: NodeJS.Timeout;
  private controller: Dispatcher.DispatchController | null = null;
  private done = false;
  private httpStatus: number | null = null;
  private headers: Record<string, string> | null = null;
  private chunks: Buffer[] = [];
  private bytes = 0;
  private interimResponses = 0;
  private truncated = false;

  constructor(
    timeoutMs: number,
    private readonly resolve: (result: AttemptResult) => void,
  ) {
    this.timer = setTimeout(
      () => this.cutOff(new AttemptFailure("timeout", `No complete answer within ${timeoutMs / 1000} s`)),
      timeoutMs,
    );
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.controller = controller;
    if (this.done)
      controller.abort(new AttemptFailure("timeout", "The time was up before the request began"));
  }

  onResponseStart(
    _controller: Dispatcher.DispatchController,
    status: number,
    headers: Record<string, string | string[] | undefined>,
  ): void {
    if (status < 200) {
      this.interimResponses += 1;
      if (this.interimResponses > interimResponsesMax)
        this.cutOff(new AttemptFailure("invalid_response", "Interim responses (1xx) that do not end"));
      return;
    }
    this.httpStatus = status;
    // Without a prototype: a header may be called __proto__.
    const kept: Record<string, string> = Object.create(null);
    for (const name in headers) {
      const value = headers[name] ?? "";
      kept[name] = recordable(Array.isArray(value) ? value.join(", ") : value);
    }
    this.headers = kept;
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void {
    if (this.done) return;
    const room = responseBytesMax - this.bytes;
    this.chunks.push(chunk.length > room ? chunk.subarray(0, room) : chunk);
    this.bytes += Math.min(chunk.length, room);
    if (chunk.length <= room) return;
    this.truncated = true;
    this.finish(null);
    controller.abort(new Error("the response is longer than what is kept"));
  }

  onResponseEnd(): void {
    this.finish(null);
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    this.finish(error);
  }

  private cutOff(error: AttemptFailure): void {
    if (this.done) return;
    this.finish(error);
    this.controller?.abort(error);
  }

  /** Ends the exchange once. An error makes it a failure without a response, whatever had come by then. */
  finish(error: unknown): void {
    if (this.done) return;
    this.done = true;
    clearTimeout(this.timer);
    const failure = error ? classifyError(error) : null;
    this.resolve({
      startedAt: this.startedAt,
      durationMs: Math.round(performance.now() - this.start),
      httpStatus: failure ? null : this.httpStatus,
      error: failure?.error ?? null,
      errorDetail: failure?.detail ?? null,
      responseHeaders: failure ? null : this.headers,
      responseBody: failure ? null : Buffer.concat(this.chunks),
      responseTruncated: this.truncated,
    });
  }
}
