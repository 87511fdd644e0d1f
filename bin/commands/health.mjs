import { StartError } from "../embedded-postgres/start-error.mjs";
import { askHealth } from "../launcher/health.mjs";
import { say } from "../launcher/progress.mjs";

/**
 * Asks the Posthorn of these settings whether it is ready, as a container's health check does.
 * @param {import("../launcher/settings.mjs").LaunchSettings} settings
 * @throws StartError if it is not, or does not answer
 */
export async function health({ port, hostname }) {
  if (!(await askHealth(port, hostname))) throw new StartError(`Posthorn is not ready on port ${port}.`);
  say(`Posthorn is ready on port ${port}.`);
}
