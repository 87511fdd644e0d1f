import type { AttemptError } from "../core/deliveries";
import { attemptTimeoutMs, type PrivateTargets } from "../core/delivery-limits";
import { refuseUrl } from "./address-guard/refuse-url";
import type { DeliveryAgent } from "./agent";
import { AttemptFailure } from "./attempt-failure";
import { classifyError } from "./classify-error";
import { writeRequest } from "./http-client/write-request";
import { redirectDetail } from "./redirect-detail";
import { remember } from "./remember";

export type AttemptResult = {
  startedAt: Date;
  durationMs: number;
  /** `null` where no response came; then `error` says why. */
  httpStatus: number | null;
  error: AttemptError | null;
  /** Of a failure without a response, what went wrong; of a redirect, where it leads. */
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
  const took = () => Math.round(performance.now() - start);
  const { agent, timeoutMs = attemptTimeoutMs } = request;
  try {
    const { target, text } = prepare(request);
    const response = await agent.exchange(target, text, timeoutMs);
    return {
      startedAt,
      durationMs: took(),
      httpStatus: response.status,
      error: null,
      errorDetail: redirectDetail(response, request.url),
      responseHeaders: response.headers,
      responseBody: response.body,
      responseTruncated: response.truncated,
    };
  } catch (error) {
    return failedAttempt(error, { startedAt, durationMs: took() });
  }
}

/** An attempt without a response, for what went wrong. */
export function failedAttempt(
  cause: unknown,
  { startedAt, durationMs }: Pick<AttemptResult, "startedAt" | "durationMs">,
): AttemptResult {
  const { error, detail } = classifyError(cause);
  return {
    startedAt,
    durationMs,
    httpStatus: null,
    error,
    errorDetail: detail,
    responseHeaders: null,
    responseBody: null,
    responseTruncated: false,
  };
}

function prepare({ url, agent, headers, body }: Parameters<typeof sendAttempt>[0]) {
  const { refusal, ...target } = readUrl(url, agent.targets);
  if (refusal !== null) throw new AttemptFailure("blocked_address", `The URL ${refusal}`);
  return { target, text: writeRequest(target, headers, body) };
}

const urlsKept = 2_000;
const readUrl = remember(urlsKept, (text, targets: PrivateTargets) => {
  if (!URL.canParse(text)) throw new AttemptFailure("signing_failed", "The webhook's URL is not one");
  const url = new URL(text);
  const { origin, host, hostname, port, pathname, search, protocol } = url;
  return {
    origin,
    host,
    hostname: hostname.startsWith("[") ? hostname.slice(1, -1) : hostname,
    port,
    secure: protocol === "https:",
    path: pathname + search,
    refusal: refuseUrl(url, targets),
  };
});
