import {
  replayDetailOutput,
  replayOutput,
  replaysQuery,
  startReplayInput,
  startReplayOutput,
  updateReplayInput,
} from "../replays";
import { pageOf } from "../shared";
import { operationsOf } from "./operation";

export const replayOperations = operationsOf(
  { tag: "Replays", reads: "deliveries:read", changes: "deliveries:write" },
  {
    listReplays: {
      route: "GET /replays",
      summary: "List the jobs that replay or discard, newest first",
      query: replaysQuery,
      output: pageOf(replayOutput),
    },
    startReplay: {
      route: "POST /replays",
      summary: "Send again what a filter of the log matches, or count it",
      body: startReplayInput,
      status: 202,
      output: startReplayOutput,
    },
    getReplay: {
      route: "GET /replays/{id}",
      summary: "Get a job with its progress, and what became of what it has sent",
      output: replayDetailOutput,
    },
    updateReplay: {
      route: "PATCH /replays/{id}",
      summary: "Change the pace of a job that has not ended",
      body: updateReplayInput,
      output: replayOutput,
      errors: ["conflict"],
    },
    pauseReplay: {
      route: "POST /replays/{id}/pause",
      summary: "Pause a job",
      output: replayOutput,
      errors: ["conflict"],
    },
    resumeReplay: {
      route: "POST /replays/{id}/resume",
      summary: "Go on with a job that is paused",
      output: replayOutput,
      errors: ["conflict"],
    },
    cancelReplay: {
      route: "POST /replays/{id}/cancel",
      summary: "End a job; what it is through with stays so",
      output: replayOutput,
      errors: ["conflict"],
    },
  },
);
