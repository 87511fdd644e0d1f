import { statfs } from "node:fs/promises";
import { settings } from "../platform/env";

/**
 * The free space on the disk of the embedded database, in bytes; `null` for a database of one's own, whose disk is
 * unknown.
 */
export async function readFreeBytes(): Promise<number | null> {
  const { dataDir } = settings();
  if (dataDir === null) return null;
  const { bavail, bsize } = await statfs(dataDir);
  return bavail * bsize;
}
