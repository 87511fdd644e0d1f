import { parentPort } from "node:worker_threads";
import { runSchemaJob } from "./run-schema-job";
import type { SchemaJob } from "./schema-job";

/** The program of a thread that judges by schemas (see ThreadPool). */
const port = parentPort;
port?.on("message", (job: SchemaJob) => port.postMessage(runSchemaJob(job)));
