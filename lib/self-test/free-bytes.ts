import { statfs } from "node:fs/promises";
import { settings } from "../platform/env";

/** What is free of the disk that the embedded database is on, in bytes; `null` if the database is not ours to know. */
export async function readFreeBytes(): Promise<number | null> {
  const { dataDir } = settings();
  if (dataDir === null) return null;
  const { bavail, bsize } = await statfs(dataDir);
  return bavail * bsize;
}
