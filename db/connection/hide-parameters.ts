import { DrizzleQueryError } from "drizzle-orm";

/**
 * Removes a statement's parameters from Drizzle's errors. They hold payloads, addresses and sessions, and errors go
 * to logs and to the server that runs the functions. An error's `cause` is set last.
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
