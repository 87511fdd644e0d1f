import { Agent } from "undici";
import { type ConnectorOptions, guardedConnector } from "./address-guard/guarded-connector";
import type { PrivateTargets } from "./constants";

/**
 * The HTTP client of deliveries, bound to what it may connect to: a connection it keeps was opened under the same rule
 * that a later attempt is checked by. It follows no redirect and decompresses nothing; how long an exchange may take,
 * and how much of it is kept, decides `sendAttempt`.
 */
export class DeliveryAgent extends Agent {
  readonly targets: PrivateTargets;

  constructor(options: ConnectorOptions) {
    super({ pipelining: 1, headersTimeout: 0, bodyTimeout: 0, connect: guardedConnector(options) });
    this.targets = options.targets;
  }
}

const holder = globalThis as { posthornAgent?: DeliveryAgent };

/** The process's client. */
export function agent(targets: PrivateTargets): DeliveryAgent {
  if (holder.posthornAgent?.targets !== targets) {
    void holder.posthornAgent?.destroy();
    holder.posthornAgent = new DeliveryAgent({ targets });
  }
  return holder.posthornAgent;
}

/** Closes all connections; those in use are cut. */
export async function closeAgent(): Promise<void> {
  const open = holder.posthornAgent;
  delete holder.posthornAgent;
  await open?.destroy();
}
