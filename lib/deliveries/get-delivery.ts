import { type AttemptRow, findAttempts, findDelivery } from "@/db/queries/deliveries";
import { findTransitionBefore } from "@/db/queries/endpoint-transitions";
import { findEndpoint } from "@/db/queries/endpoints";
import { findWorkspace } from "@/db/queries/workspaces";
import type { DeliveryDetailOutput } from "../contract/deliveries";
import { type RetryPolicy, retryPolicyDefault } from "../core/endpoints";
import { notFound } from "../core/errors";
import { fromPublicId, isMadeLater, toPublicId } from "../core/ids";
import { presentTime } from "../core/time";
import { settings } from "../platform/env";
import { authorize, type Context, seesPayloads } from "../verbs/context";
import { explainDelivery } from "./explain-delivery";
import { giveReasons } from "./give-reasons";
import { planAttempts } from "./plan-attempts";
import { presentAttempt, presentDelivery, statusOf } from "./present-delivery";

type FoundDelivery = NonNullable<Awaited<ReturnType<typeof findDelivery>>>;

/** One delivery with its payload, its attempts, and the reason for its status. */
export async function getDelivery({ ctx, id }: { ctx: Context; id: string }): Promise<DeliveryDetailOutput> {
  authorize(ctx, "deliveries:read");
  const uuid = fromPublicId("delivery", id);
  const row = uuid && (await findDelivery(ctx.db, { workspaceId: ctx.workspace.id, id: uuid }));
  if (!row) throw notFound("delivery");
  const [attempts, endpoint, workspace, before] = await Promise.all([
    findAttempts(ctx.db, { workspaceId: ctx.workspace.id, deliveryId: row.id }),
    findEndpoint(ctx.db, { workspaceId: ctx.workspace.id, id: row.endpointId, deletedToo: true }),
    findWorkspace(ctx.db, ctx.workspace.id),
    findTransitionBefore(ctx.db, {
      workspaceId: ctx.workspace.id,
      endpointId: row.endpointId,
      beforeId: row.id,
    }),
  ]);
  const policy = endpoint?.retryPolicy ?? workspace?.retryPolicy ?? retryPolicyDefault;
  const mayRead = seesPayloads(ctx);
  return {
    ...presentDelivery(row),
    payload: mayRead ? row.payload : null,
    timestamp: presentTime(row.timestamp),
    idempotencyKey: row.idempotencyKey,
    endpoint: {
      id: toPublicId("endpoint", row.endpointId),
      name: row.endpointName,
      url: row.endpointUrl,
      deleted: row.endpointDeletedAt !== null,
      disabledAt: row.endpointDisabledAt?.toISOString() ?? null,
      nextProbeAt: row.endpointDisabledAt ? null : (row.endpointNextProbeAt?.toISOString() ?? null),
    },
    attemptLog: attempts.map((attempt) => presentAttempt({ ...row, ...attempt }, { withBody: mayRead })),
    plannedAttempts: planOf(row, attempts, policy).map((at) => at.toISOString()),
    reasons: giveReasons({
      ...row,
      status: statusOf(row),
      addedLater: isMadeLater(row.id),
      eventTypes: endpoint?.eventTypes ?? null,
      before,
      policy,
      policyOf: endpoint?.retryPolicy ? "webhook" : "workspace",
    }),
    why: explainDelivery(row, attemptsBeforeEnd(row, attempts)),
  };
}

function attemptsBeforeEnd({ completedAt, attempts: made }: FoundDelivery, attempts: AttemptRow[]): number {
  if (completedAt === null) return made;
  return attempts.filter(({ startedAt }) => startedAt <= completedAt).length;
}

/** A test has only its one attempt; a held delivery has none until a person decides. */
function planOf(row: FoundDelivery, attempts: AttemptRow[], policy: RetryPolicy): Date[] {
  const { dueAt } = row;
  if (statusOf(row) !== "pending" || dueAt === null || row.test || row.endpointDeletedAt) return [];
  const automatic = attempts.filter(({ trigger }) => trigger === "automatic" || trigger === "probe");
  return planAttempts(
    { dueAt, nextProbeAt: row.endpointNextProbeAt, automaticAttempts: automatic.length, policy },
    { scale: settings().retryScale },
  );
}
