import type { Origin } from "../verbs/context";
import { addressHeader } from "./client-network";

const userAgentMax = 300;

/** Where a request came from, for the audit log. */
export function originOf({
  headers,
  requestId,
}: {
  headers: { get(name: string): string | null };
  requestId: string;
}): Origin {
  return {
    address: headers.get(addressHeader),
    userAgent: headers.get("user-agent")?.slice(0, userAgentMax) ?? null,
    requestId,
  };
}
