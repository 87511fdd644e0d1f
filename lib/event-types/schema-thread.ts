import { setPriority } from "node:os";
import { parentPort } from "node:worker_threads";
import { answerQuestion } from "./run-schema-job";
import type { SchemaQuestion } from "./schema-job";

let isPatient = false;

/**
 * The program of a thread that validates by schemas (see ThreadPool), of one kind: slow data has a lower priority
 * than everything else.
 */
const port = parentPort;
port?.on("message", (question: SchemaQuestion) => {
  if (question.kind === "patient" && !isPatient) {
    isPatient = true;
    // On Linux it is the priority of the calling thread (setpriority(2)); elsewhere it would be the whole process's.
    if (process.platform === "linux") setPriority(10);
  }
  port.postMessage(answerQuestion(question));
});
