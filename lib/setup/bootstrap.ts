import { isSetUp } from "../auth/is-set-up";
import { AppError } from "../core/errors";
import type { BootstrapSettings } from "../platform/env";
import { log } from "../platform/log";
import { setUp } from "./set-up";

/**
 * Makes the first owner, workspace with the sample catalogue, and API key of `POSTHORN_BOOTSTRAP_*`, if nobody is
 * there yet. On an installation that is set up it does nothing.
 */
export async function bootstrap(wanted: BootstrapSettings): Promise<void> {
  if (await isSetUp()) return;
  try {
    const { workspace } = await setUp(
      {
        name: wanted.email.split("@")[0] ?? "Owner",
        email: wanted.email.toLowerCase(),
        password: wanted.password,
        workspace: wanted.workspace,
        sampleCatalogue: true,
      },
      {
        endpointLimit: wanted.webhookLimit,
        apiKey: wanted.apiKey,
        scopes: wanted.scopes,
        by: { type: "system", id: null, name: "POSTHORN_BOOTSTRAP" },
      },
    );
    log().info({ workspace: workspace.slug }, "the first owner and workspace were made");
  } catch (error) {
    // Another process that started at the same moment was first.
    if (!(error instanceof AppError && error.code === "conflict")) throw error;
  }
}
