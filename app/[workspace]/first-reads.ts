import type { QueryKey } from "@tanstack/react-query";
import type { z } from "zod";
import { groupFilter } from "@/components/data/group-filter";
import { queryKeys } from "@/lib/api-client/query-keys";
import { listApiKeys } from "@/lib/api-keys/list-api-keys";
import type { DeliveriesFilter } from "@/lib/contract/deliveries";
import type { EventTypeOutput } from "@/lib/contract/event-types";
import type { EventsFilter } from "@/lib/contract/events";
import { operations } from "@/lib/contract/operations";
import type { OperationV1 } from "@/lib/contract/operations/operation";
import type { StatsWindow } from "@/lib/contract/stats";
import { parseInput } from "@/lib/core/parse-input";
import { listDeliveries } from "@/lib/deliveries/list-deliveries";
import { listFailureGroups } from "@/lib/deliveries/list-failure-groups";
import { getEndpoint } from "@/lib/endpoints/get-endpoint";
import { listEndpoints } from "@/lib/endpoints/list-endpoints";
import { listTransitions } from "@/lib/endpoints/list-transitions";
import { listEventTypes } from "@/lib/event-types/list-event-types";
import { listEvents } from "@/lib/events/list-events";
import { listEmailDomains } from "@/lib/members/list-email-domains";
import { listInvitations } from "@/lib/members/list-invitations";
import { listMembers } from "@/lib/members/list-members";
import { listEmails } from "@/lib/notifications/list-emails";
import { getEndpointStats } from "@/lib/stats/get-endpoint-stats";
import { getOverview } from "@/lib/stats/get-overview";
import { answerText } from "@/lib/verbs/answer-text";
import { authorize, type Context } from "@/lib/verbs/context";
import { getWorkspace } from "@/lib/workspaces/get-workspace";

/** A query of the dashboard, and how its first data is read on the server. */
export type FirstRead = {
  queryKey: QueryKey;
  read: () => Promise<unknown>;
  /** Whether the query reads page after page, of which this is the first. */
  isPaged?: boolean;
};

/** The first reads of a workspace's pages, with the parameters that their queries send to the API. */
export function firstReads(ctx: Context) {
  const { slug } = ctx.workspace;
  return {
    webhooks: (): FirstRead => ({
      queryKey: queryKeys.endpointList(slug),
      read: () =>
        answer(ctx, operations.listEndpoints, { limit: "100" }, (input) => listEndpoints({ ctx, input })),
    }),
    webhook: (id: string): FirstRead => ({
      queryKey: queryKeys.endpoint(slug, id),
      read: () => answer(ctx, operations.getEndpoint, {}, () => getEndpoint({ ctx, id })),
    }),
    transitions: (id: string): FirstRead => ({
      queryKey: queryKeys.transitions(slug, id),
      read: () =>
        answer(ctx, operations.listTransitions, { limit: "20" }, (input) =>
          listTransitions({ ctx, id, input }),
        ),
      isPaged: true,
    }),
    overview: (timeZone: string): FirstRead => ({
      queryKey: queryKeys.overview(slug, timeZone),
      read: () => answer(ctx, operations.getOverview, { timeZone }, (input) => getOverview({ ctx, input })),
    }),
    stats: (id: string, window: StatsWindow): FirstRead => ({
      queryKey: queryKeys.endpointStats(slug, id, window),
      read: () =>
        answer(ctx, operations.getEndpointStats, { window }, (input) => getEndpointStats({ ctx, id, input })),
    }),
    deliveries: (filter: DeliveriesFilter): FirstRead => ({
      queryKey: queryKeys.deliveryList(slug, filter),
      read: async () => ({
        ...(await answer(ctx, operations.listDeliveries, filter, (input) => listDeliveries({ ctx, input }))),
        fresh: [],
      }),
      isPaged: true,
    }),
    failureGroups: (filter: DeliveriesFilter): FirstRead => ({
      queryKey: queryKeys.failureGroups(slug, groupFilter(filter)),
      read: () =>
        answer(
          ctx,
          operations.listFailureGroups,
          { ...groupFilter(filter), order: "worst", limit: "50" },
          (input) => listFailureGroups({ ctx, input }),
        ),
    }),
    published: (filter: EventsFilter): FirstRead => ({
      queryKey: queryKeys.eventList(slug, filter),
      read: () => answer(ctx, operations.listEvents, filter, (input) => listEvents({ ctx, input })),
      isPaged: true,
    }),
    eventTypes: (): FirstRead => ({
      queryKey: queryKeys.eventTypes(slug),
      read: async () => {
        const all: EventTypeOutput[] = [];
        let cursor: string | null = null;
        do {
          const query: Record<string, string> = cursor === null ? {} : { cursor };
          const page = await answer(ctx, operations.listEventTypes, { limit: "100", ...query }, (input) =>
            listEventTypes({ ctx, input }),
          );
          all.push(...page.data);
          cursor = page.nextCursor;
        } while (cursor !== null);
        return all;
      },
    }),
    apiKeys: (): FirstRead => ({
      queryKey: queryKeys.apiKeys(slug),
      read: () => answer(ctx, operations.listApiKeys, {}, (input) => listApiKeys({ ctx, input })),
      isPaged: true,
    }),
    emails: (): FirstRead => ({
      queryKey: queryKeys.emailList(slug),
      read: () => answer(ctx, operations.listEmails, {}, (input) => listEmails({ ctx, input })),
      isPaged: true,
    }),
    members: (): FirstRead => ({
      queryKey: queryKeys.members(slug),
      read: () => answer(ctx, operations.listMembers, {}, () => listMembers({ ctx })),
    }),
    invitations: (): FirstRead => ({
      queryKey: queryKeys.invitations(slug),
      read: () => answer(ctx, operations.listInvitations, {}, () => listInvitations({ ctx })),
    }),
    emailDomains: (): FirstRead => ({
      queryKey: queryKeys.emailDomains(slug),
      read: () => answer(ctx, operations.listEmailDomains, {}, () => listEmailDomains({ ctx })),
    }),
    settings: (): FirstRead => ({
      queryKey: queryKeys.settings(slug),
      read: () => answer(ctx, operations.getWorkspace, {}, () => getWorkspace({ ctx })),
    }),
  };
}

/** The answer of the operation's route: with its scope, by its schemas, as JSON. */
async function answer<const T extends OperationV1>(
  ctx: Context,
  operation: T,
  query: Record<string, unknown>,
  verb: (input: z.output<T["query"]>) => Promise<z.input<T["output"]>>,
): Promise<z.output<T["output"]>> {
  authorize(ctx, operation.scope);
  const result = await verb(parseInput<T["query"]>(operation.query, query));
  return JSON.parse(answerText(operation.output.parse(result)));
}
