import type { Origin } from "../verbs/context";
import { addressHeader } from "./client-network";

const userAgentMax = 300;

/** Where a request came from, as the audit log has it. */
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
