/** Next calls this once, before the first request. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== "nodejs") return;
  const { startProcess } = await import("./lib/process");
  const { startEngine } = await import("./inngest/start");
  await startProcess(startEngine);
}
