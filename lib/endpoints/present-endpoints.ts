import { countPending, type EndpointRow, findEndpointHours, findLastAttempts } from "@/db/queries/endpoints";
import type { Context } from "../context";
import { toPublicId } from "../ids";
import type { EndpointOutput } from "./schemas";

const dayMs = 24 * 60 * 60 * 1_000;

/** Rows as the API shows them, with the figures of the last 24 hours: three queries, however many rows. */
export async function presentEndpoints(ctx: Context, rows: EndpointRow[]): Promise<EndpointOutput[]> {
  const ids = rows.map((row) => row.id);
  const disabledIds = rows.filter((row) => row.disabledAt).map((row) => row.id);
  const [hours, lastAttempts, pending] = await Promise.all([
    findEndpointHours(ctx.db, { ids, since: new Date(Date.now() - dayMs) }),
    findLastAttempts(ctx.db, ids),
    countPending(ctx.db, disabledIds),
  ]);
  return rows.map((row) => {
    const own = hours.filter((hour) => hour.endpointId === row.id);
    const requests = own.reduce((sum, hour) => sum + hour.attempts, 0);
    const succeeded = own.reduce((sum, hour) => sum + hour.succeeded, 0);
    return {
      id: toPublicId("endpoint", row.id),
      url: row.url,
      name: row.name,
      description: row.description,
      eventTypes: row.eventTypes,
      signature: row.signature,
      headers: Object.keys(row.headers),
      status: row.disabledAt ? ("disabled" as const) : ("enabled" as const),
      disabledAt: row.disabledAt?.toISOString() ?? null,
      disabledReason: row.disabledReason,
      held: pending.find((count) => count.endpointId === row.id)?.n ?? 0,
      health24h: {
        requests,
        succeeded,
        successRate: requests === 0 ? null : succeeded / requests,
        hours: own.map((hour) => ({
          hour: hour.hour.toISOString(),
          succeeded: hour.succeeded,
          failed: hour.attempts - hour.succeeded,
        })),
      },
      lastDeliveryAt: lastAttempts.find((last) => last.endpointId === row.id)?.at.toISOString() ?? null,
      createdAt: row.createdAt.toISOString(),
      updatedAt: row.updatedAt.toISOString(),
    };
  });
}
