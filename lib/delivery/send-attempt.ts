import type { AttemptError } from "../deliveries/constants";
import { refuseUrl } from "./address-guard/refuse-url";
import type { DeliveryAgent } from "./agent";
import { AttemptFailure } from "./attempt-failure";
import { classifyError } from "./classify-error";
import { attemptTimeoutMs, type PrivateTargets } from "./constants";
import type { HttpResponse } from "./http-client/response-reader";
import { writeRequest } from "./http-client/write-request";
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
 * of the body 64 KiB are kept, then the socket is closed and the status decides. An error makes it a failure without a
 * response, whatever had come by then. Where the URL itself leads somewhere that the agent may not connect to, nothing is
 * dialled: the client looks up no name for an address.
 */
export async function sendAttempt(request: {
  agent: DeliveryAgent;
  url: string;
  headers: Record<string, string>;
  body: string;
  timeoutMs?: number;
}): Promise<AttemptResult> {
  const startedAt = new Date();
  const start = performance.now();
  let response: HttpResponse | null = null;
  let failure: ReturnType<typeof classifyError> | null = null;
  try {
    const { agent, timeoutMs = attemptTimeoutMs } = request;
    const { refusal, ...target } = readUrl(request.url, agent.targets);
    if (refusal !== null) throw new AttemptFailure("blocked_address", `The URL ${refusal}`);
    response = await agent.exchange(target, writeRequest(target, request.headers, request.body), timeoutMs);
  } catch (error) {
    failure = classifyError(error);
  }
  return {
    startedAt,
    durationMs: Math.round(performance.now() - start),
    httpStatus: response?.status ?? null,
    error: failure?.error ?? null,
    errorDetail: failure?.detail ?? null,
    responseHeaders: response?.headers ?? null,
    responseBody: response?.body ?? null,
    responseTruncated: response?.truncated ?? false,
  };
}

const urlsKept = 2_000;
const readUrl = remember(urlsKept, (text, targets: PrivateTargets) => {
  const { origin, host, hostname, port, pathname, search, protocol } = new URL(text);
  return {
    origin,
    host,
    hostname: hostname.startsWith("[") ? hostname.slice(1, -1) : hostname,
    port,
    secure: protocol === "https:",
    path: pathname + search,
    refusal: refuseUrl(new URL(text), targets),
  };
});
