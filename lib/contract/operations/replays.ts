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
      summary: "List replay and discard jobs, newest first",
      query: replaysQuery,
      output: pageOf(replayOutput),
    },
    startReplay: {
      route: "POST /replays",
      summary: "Replay the deliveries that a filter matches, or count them",
      body: startReplayInput,
      status: 202,
      output: startReplayOutput,
    },
    getReplay: {
      route: "GET /replays/{id}",
      summary: "Get a job with its progress and results",
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
      summary: "Resume a paused job",
      output: replayOutput,
      errors: ["conflict"],
    },
    cancelReplay: {
      route: "POST /replays/{id}/cancel",
      summary: "Cancel a job; deliveries it has already processed stay as they are",
      output: replayOutput,
      errors: ["conflict"],
    },
  },
);
