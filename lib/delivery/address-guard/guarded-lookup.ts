import type { LookupFunction } from "node:net";
import { AttemptFailure } from "../attempt-failure";

/**
 * A lookup that returns a host's addresses only if none of them is refused. The socket connects to these addresses,
 * so nothing is resolved again between check and use.
 *
 * @param refuse why an address is refused, in words that follow "is"
 */
export function guardedLookup(
  resolve: LookupFunction,
  refuse: (address: string) => string | null,
): LookupFunction {
  return (hostname, options, callback) => {
    resolve(hostname, { ...options, all: true }, (error, found, family) => {
      if (error) return callback(error, []);
      const addresses = typeof found === "string" ? [{ address: found, family: family ?? 0 }] : found;
      for (const { address } of addresses) {
        const what = refuse(address);
        if (what === null) continue;
        const words = `${hostname} resolves to ${address}, which is ${what}`;
        return callback(new AttemptFailure("blocked_address", words), []);
      }
      const [first] = addresses;
      if (options.all || !first) return callback(null, addresses);
      callback(null, first.address, first.family);
    });
  };
}
