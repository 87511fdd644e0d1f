import { DrizzleQueryError } from "drizzle-orm";

/**
 * Leaves what a statement was given out of drizzle's errors: they go into logs and to the server of the functions, and
 * it holds payloads, addresses and sessions. Of what the error is made of, its cause is set last.
 */
Object.defineProperty(DrizzleQueryError.prototype, "cause", {
  configurable: true,
  set(this: DrizzleQueryError, cause: unknown) {
    const message = `Failed query: ${this.query}`;
    const stack = this.stack?.replace(this.message, () => message);
    Object.defineProperties(this, {
      message: { value: message, configurable: true, writable: true },
      stack: { value: stack, configurable: true, writable: true },
      params: { value: [], configurable: true, writable: true },
      cause: { value: cause, configurable: true, writable: true },
    });
  },
});
