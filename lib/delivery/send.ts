import { attemptTimeoutMs } from "../core/delivery-limits";
import { refuseUrl } from "./address-guard/refuse-url";
import { AttemptFailure } from "./attempt-failure";
import type { DeliveryAgent } from "./http-client/agent";
import { ExchangeTrace, type Peer, type Timings } from "./http-client/exchange-trace";
import type { HttpResponse } from "./http-client/response-reader";
import { writeRequest } from "./http-client/write-request";
import { memoize } from "./memoize";

/** The result of one HTTP request: an answer, or why there is none. */
export type Exchange = { durationMs: number; timings: Timings; peer: Peer } & (
  | { response: HttpResponse }
  | { error: unknown }
);

/**
 * Makes one HTTP request; it never throws. The whole exchange has 15 seconds, including the body; 64 KiB of the body
 * are kept, then the socket is closed and the status decides. An error makes it a failure without a response,
 * whatever had arrived. If the URL itself leads to an address that the agent may not connect to, nothing is dialled:
 * the client does not look up addresses.
 */
export async function send(
  { url, headers, body }: { url: string; headers: Record<string, string>; body: string },
  { agent, timeoutMs = attemptTimeoutMs }: { agent: DeliveryAgent; timeoutMs?: number },
): Promise<Exchange> {
  const trace = new ExchangeTrace();
  try {
    const { refusal, target } = targetsKept(`${agent.targets} ${url}`, () => readUrl(url, agent));
    if (refusal !== null) throw new AttemptFailure("blocked_address", `The URL ${refusal}`);
    const response = await agent.exchange(target, writeRequest(target, headers, body), timeoutMs, trace);
    const { durationMs, timings } = trace.end();
    return { durationMs, timings, peer: trace.peer, response };
  } catch (error) {
    const { durationMs, timings } = trace.end();
    return { durationMs, timings, peer: trace.peer, error };
  }
}

/** The exchange of a request that could not be sent. */
export function unsent(error: unknown): Exchange {
  const trace = new ExchangeTrace();
  return { ...trace.end(), peer: trace.peer, error };
}

const targetsMax = 2_000;
const targetsKept = memoize<ReturnType<typeof readUrl>>(targetsMax);

function readUrl(text: string, { targets }: DeliveryAgent) {
  if (!URL.canParse(text)) throw new AttemptFailure("signing_failed", "The webhook's URL is not a valid URL");
  const url = new URL(text);
  const { origin, host, hostname, port, pathname, search, protocol } = url;
  return {
    target: {
      origin,
      host,
      hostname: hostname.startsWith("[") ? hostname.slice(1, -1) : hostname,
      port,
      secure: protocol === "https:",
      path: pathname + search,
    },
    refusal: refuseUrl(url, targets),
  };
}
