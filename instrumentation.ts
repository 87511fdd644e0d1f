/** Next calls this once, before the first request. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== "nodejs") return;
  if (process.env.NODE_ENV === "production") (await import("./lib/platform/log")).sendConsoleToLog();
  const { startProcess } = await import("./lib/server/process");
  const { startEngine } = await import("./inngest/start");
  await startProcess(startEngine);
}
