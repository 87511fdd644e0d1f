import { setPriority } from "node:os";
import { parentPort, workerData } from "node:worker_threads";
import { runJobOf, type SchemaThreadKind } from "./run-schema-job";
import type { SchemaJob } from "./schema-job";

/** The program of a thread that judges by schemas (see ThreadPool). */
const port = parentPort;
const kind: SchemaThreadKind = workerData;
// On Linux it is that of the calling thread alone (setpriority(2)); elsewhere it would be the whole process's.
if (kind === "patient" && process.platform === "linux") setPriority(10);
port?.on("message", (job: SchemaJob) => port.postMessage(runJobOf(kind, job)));
