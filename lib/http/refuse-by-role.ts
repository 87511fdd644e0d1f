import { AppError } from "../core/errors";
import { settings } from "../platform/env";

const ofWorkers = ["/api/health", "/api/health/live", "/api/metrics", "/api/inngest"];

/** The error for a path that the process does not answer because of its role: `not_found`, or `null` if it does. */
export function refuseByRole(path: string): AppError | null {
  const { role } = settings();
  if (role === "worker" && !ofWorkers.includes(path)) {
    return new AppError(
      "not_found",
      `This process is a worker, which only answers ${ofWorkers.join(", ")}. Send the request to one whose POSTHORN_ROLE is web or all.`,
    );
  }
  if (role === "web" && path === "/api/inngest") {
    return new AppError(
      "not_found",
      "This process runs no functions. Set INNGEST_SERVE_ORIGIN to one whose POSTHORN_ROLE is worker or all.",
    );
  }
  return null;
}
