import type { LookupFunction } from "node:net";

type Callback = Parameters<LookupFunction>[2];

/**
 * A lookup by which connections that are opened to one name at once share a single one. Each takes a thread of the
 * process's pool for as long as the name's server is silent: many webhooks' deliveries must not take all of them.
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
