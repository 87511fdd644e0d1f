import { readSettings } from "../platform/env";

/** Gives a test that needs no database the settings of an environment, as a process has them. */
export function applySettings(environment: Record<string, string> = {}): void {
  const posthornSettings = readSettings({
    DATABASE_URL: "postgres://posthorn@localhost/posthorn",
    POSTHORN_ENCRYPTION_KEY: Buffer.alloc(32).toString("base64"),
    POSTHORN_AUTH_SECRET: "x".repeat(32),
    POSTHORN_LOG_LEVEL: "silent",
    ...environment,
  });
  Object.assign(globalThis, { posthornSettings });
}
