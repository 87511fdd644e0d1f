import { createHmac, timingSafeEqual } from "node:crypto";
import { settings } from "../platform/env";
import { DeliveryAgent } from "./http-client/agent";

/** A host that exists nowhere (RFC 6761): each process sends its requests to its own receivers. */
const origin = "http://self-test.invalid/";

/**
 * The URL of a self-test's webhooks. Requests are only sent to it if it contains a proof that this installation alone
 * can compute, so that no one else's webhook bypasses the address guard.
 */
export function selfTestUrl(selfTestId: string): string {
  return `${origin}${selfTestId}/${proofOf(selfTestId)}`;
}

/** The self-test that a path leads to, as in `/<id>/<proof>`; `null` for anything else. */
export function selfTestOfPath(path: string): string | null {
  const [, selfTestId = "", proof = ""] = path.split("/");
  const wanted = proofOf(selfTestId);
  const isProven = proof.length === wanted.length && timingSafeEqual(Buffer.from(proof), Buffer.from(wanted));
  return isProven ? selfTestId : null;
}

function proofOf(selfTestId: string): string {
  return createHmac("sha256", settings().authSecret).update(`self-test ${selfTestId}`).digest("hex");
}

type Opened = { selfTestId: string; port: Promise<number> };
const holder = globalThis as {
  posthornOpenReceivers?: () => Promise<number>;
  posthornSelfTest?: Opened;
  posthornSelfTestAgent?: DeliveryAgent;
};

/** Registers what opens this process's receivers of self-tests, and returns their port. */
export function openReceiversBy(open: () => Promise<number>): void {
  holder.posthornOpenReceivers = open;
}

/** Opens this process's receivers of self-tests, if needed. @returns their port; throws if nothing can open them */
export async function openReceivers(): Promise<number> {
  if (!holder.posthornOpenReceivers) throw new Error("this process has no self-test receivers");
  return holder.posthornOpenReceivers();
}

type Target = { url: string; agent: DeliveryAgent };

/**
 * The target of a self-test's request, and the client that may connect there.
 *
 * @returns `null` for every other request, at once
 */
export function selfTestTarget(url: string): Promise<Target | null> | null {
  if (!url.startsWith(origin)) return null;
  const path = url.slice(origin.length - 1);
  const selfTestId = selfTestOfPath(path);
  return selfTestId ? openTarget(selfTestId, path) : null;
}

async function openTarget(selfTestId: string, path: string): Promise<Target | null> {
  if (holder.posthornSelfTest?.selfTestId !== selfTestId) {
    holder.posthornSelfTest = { selfTestId, port: openReceivers() };
  }
  const { posthornSelfTest: opened } = holder;
  try {
    const port = await opened.port;
    holder.posthornSelfTestAgent ??= new DeliveryAgent({ targets: "loopback" });
    return { url: `http://127.0.0.1:${port}${path}`, agent: holder.posthornSelfTestAgent };
  } catch {
    // Like a webhook whose host is not found; the next attempt asks again.
    delete holder.posthornSelfTest;
    return null;
  }
}
