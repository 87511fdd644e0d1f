import type { LookupFunction } from "node:net";

type Callback = Parameters<LookupFunction>[2];

/**
 * Shares one lookup among connections that are opened to the same name at once. Each lookup blocks a thread of the
 * process's pool while the name server does not answer, and many deliveries must not block all of them.
 */
export function sharedLookup(resolve: LookupFunction): LookupFunction {
  const underWay = new Map<string, Callback[]>();
  return (hostname, options, callback) => {
    const key = JSON.stringify([hostname, options]);
    const waiting = underWay.get(key);
    if (waiting) {
      waiting.push(callback);
      return;
    }
    const callbacks = [callback];
    underWay.set(key, callbacks);
    resolve(hostname, options, (...answer) => {
      underWay.delete(key);
      for (const one of callbacks) one(...answer);
    });
  };
}
