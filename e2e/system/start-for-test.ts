import { rmSync } from "node:fs";
import { onTestFinished } from "vitest";
import { launchPosthorn, makeDataDir, type Posthorn, type StartOptions } from "../support/start-posthorn.mjs";

/** Starts a Posthorn that ends with the test at the latest, without waiting for it: it may be meant to fail. */
export async function launchForTest(options: StartOptions = {}): Promise<Posthorn> {
  const posthorn = await launchPosthorn(options);
  onTestFinished(async () => {
    await posthorn.stop();
  });
  return posthorn;
}

/** The same, once it answers. */
export async function startForTest(options: StartOptions = {}): Promise<Posthorn> {
  const posthorn = await launchForTest(options);
  await posthorn.waitUntilReady();
  return posthorn;
}

/** A data folder that several starts share; it goes with the test. */
export function dataDirForTest(): string {
  const dataDir = makeDataDir();
  onTestFinished(() => rmSync(dataDir, { recursive: true, force: true, maxRetries: 5 }));
  return dataDir;
}
