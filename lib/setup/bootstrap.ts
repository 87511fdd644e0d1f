import { isSetUp } from "../auth/is-set-up";
import { newPassword } from "../contract/users";
import { AppError } from "../core/errors";
import { type BootstrapSettings, SettingsError } from "../platform/env";
import { log } from "../platform/log";
import { setUp } from "./set-up";

/**
 * Creates the first owner, workspace with the sample catalogue, and API key from `POSTHORN_BOOTSTRAP_*`, if there are
 * no accounts yet. On an installation that is set up it does nothing.
 *
 * @throws SettingsError if the password is too short or too common
 */
export async function bootstrap(wanted: BootstrapSettings): Promise<void> {
  if (await isSetUp()) return;
  const password = newPassword.safeParse(wanted.password);
  if (!password.success) throw refusedPassword(password.error.issues[0]?.message);
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
    log().info({ workspace: workspace.slug }, "the first owner and workspace were created");
  } catch (error) {
    if (error instanceof AppError && error.code === "validation_failed") {
      throw refusedPassword(error.extra.errors?.[0]?.message);
    }
    // Another process that started at the same moment was first.
    if (!(error instanceof AppError && error.code === "conflict")) throw error;
  }
}

function refusedPassword(message = "cannot be used"): SettingsError {
  return new SettingsError(`POSTHORN_BOOTSTRAP_PASSWORD ${message}`);
}
