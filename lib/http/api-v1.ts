import { basePath, operations } from "../contract/operations";
import type { Operation } from "../contract/operations/operation";
import { metrics } from "../telemetry/metrics";
import { authorize } from "../verbs/context";
import { authenticate } from "./authenticate";
import { defineApi } from "./define-api";
import { originOf } from "./origin-of";
import { problemAnswer } from "./problem";

const publishing = new Set<Operation>([operations.publishEvent, operations.publishBatch]);

/** API v1: for an API key or the dashboard's session, with a scope for each operation, and errors as problem details. */
export const apiV1 = defineApi({
  basePath,
  operations,
  authenticate: async (request, { scope }) => {
    const ctx = await authenticate(request);
    authorize(ctx, scope);
    return { ...ctx, origin: originOf(request) };
  },
  errors: problemAnswer,
  answered: (operation, answer) => {
    if (publishing.has(operation)) metrics()?.publishAnswered(answer);
  },
});

export const { answerer, route, fileRoute } = apiV1;
