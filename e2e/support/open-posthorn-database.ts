import { readFileSync } from "node:fs";
import path from "node:path";
import { type Connection, openDatabase } from "@/db/connection/client";

/** Connects to the embedded database of a Posthorn that runs, to look behind its back and to set up what has no page yet. */
export function openPosthornDatabase(dataDir: string): Connection {
  const password = readFileSync(path.join(dataDir, "postgres.password"), "utf8").trim();
  // Its lines: process, data folder, start time, port, socket folder, address.
  const running = readFileSync(path.join(dataDir, "postgres", "postmaster.pid"), "utf8").split("\n");
  const [port, socketFolder, address] = running.slice(3, 6);
  const login = `postgres://posthorn:${password}`;
  return openDatabase(
    socketFolder
      ? `${login}@localhost:${port}/posthorn?host=${encodeURIComponent(socketFolder)}`
      : `${login}@${address}:${port}/posthorn`,
    { max: 2 },
  );
}
