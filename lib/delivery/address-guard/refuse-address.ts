import type { PrivateTargets } from "../../core/delivery-limits";
import { classifyAddress } from "../../platform/classify-address";

/** What may be connected to: which private targets are allowed, and whether the connection is encrypted. */
export type AddressRule = { targets: PrivateTargets; secure: boolean };

/**
 * Why an address may not be connected to, in words that follow "is"; `null` if it may. Unencrypted connections are
 * only allowed to this machine.
 */
export function refuseAddress(address: string, { targets, secure }: AddressRule): string | null {
  if (targets === "all") return null;
  const { scope, what } = classifyAddress(address);
  if (scope === "public") return secure ? null : "a public address, which requires https";
  return scope === "loopback" && targets === "loopback" ? null : what;
}
