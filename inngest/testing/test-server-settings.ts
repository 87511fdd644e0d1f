// biome-ignore lint/style/noProcessEnv: how tests find their server is no setting of the app
const environment = process.env;

/**
 * The Inngest server for tests, `null` without one: INNGEST_TEST_URL (http://127.0.0.1:8288), INNGEST_TEST_EVENT_KEY
 * and INNGEST_TEST_SIGNING_KEY, which a self-hosted server wants as bare hex: with a `signkey-…` prefix functions
 * register, and then each run fails with a 401.
 */
export const testServer = environment.INNGEST_TEST_URL
  ? {
      baseUrl: environment.INNGEST_TEST_URL,
      eventKey: environment.INNGEST_TEST_EVENT_KEY ?? "",
      signingKey: environment.INNGEST_TEST_SIGNING_KEY ?? "",
    }
  : null;

/** Path of an Inngest server's program, for tests that kill it; `null` without one: INNGEST_TEST_BIN. */
export const testServerBinary = environment.INNGEST_TEST_BIN || null;
