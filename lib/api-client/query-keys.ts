import type { AuditLogFilter } from "../contract/audit-log";
import type { DeliveriesFilter } from "../contract/deliveries";
import type { EventsFilter } from "../contract/events";
import type { FailureGroupsFilter } from "../contract/failure-groups";
import type { StartReplayInput } from "../contract/replays";

/** Keys of TanStack Query. Each begins with the workspace, so that nothing is shared between two. */
export const queryKeys = {
  endpoints: (workspace: string) => [workspace, "endpoints"] as const,
  endpointList: (workspace: string) => [workspace, "endpoints", "list"] as const,
  endpoint: (workspace: string, id: string) => [workspace, "endpoints", "one", id] as const,
  transitions: (workspace: string, id: string) => [workspace, "endpoints", "transitions", id] as const,
  endpointStats: (workspace: string, id: string, window: string) =>
    [workspace, "endpoints", "stats", id, window] as const,
  overview: (workspace: string, timeZone: string) => [workspace, "overview", timeZone] as const,
  deliveries: (workspace: string) => [workspace, "deliveries"] as const,
  deliveryList: (workspace: string, filter: DeliveriesFilter) =>
    [workspace, "deliveries", "list", filter] as const,
  deliveryHead: (workspace: string, filter: DeliveriesFilter) =>
    [workspace, "deliveries", "head", filter] as const,
  deliveryCounts: (workspace: string, filter: DeliveriesFilter) =>
    [workspace, "deliveries", "counts", filter] as const,
  histogram: (workspace: string, filter: DeliveriesFilter) =>
    [workspace, "deliveries", "histogram", filter] as const,
  failureGroups: (workspace: string, filter: FailureGroupsFilter) =>
    [workspace, "deliveries", "groups", filter] as const,
  hasAnswered: (workspace: string, endpointId: string) =>
    [workspace, "deliveries", "hasAnswered", endpointId] as const,
  lastSuccess: (workspace: string, deliveryId: string) =>
    [workspace, "deliveries", "lastSuccess", deliveryId] as const,
  delivery: (workspace: string, id: string) => [workspace, "deliveries", "one", id] as const,
  events: (workspace: string) => [workspace, "events"] as const,
  eventList: (workspace: string, filter: EventsFilter) => [workspace, "events", "list", filter] as const,
  eventHead: (workspace: string, filter: EventsFilter, from: string) =>
    [workspace, "events", "head", filter, from] as const,
  event: (workspace: string, id: string) => [workspace, "events", "one", id] as const,
  savedViews: (workspace: string) => [workspace, "savedViews"] as const,
  lookups: (workspace: string, text: string) => [workspace, "lookups", text] as const,
  replays: (workspace: string) => [workspace, "replays"] as const,
  replayCount: (workspace: string, filter: StartReplayInput["filter"]) =>
    [workspace, "replayCount", filter] as const,
  activeReplays: (workspace: string) => [workspace, "replays", "active"] as const,
  replay: (workspace: string, id: string) => [workspace, "replays", "one", id] as const,
  eventTypes: (workspace: string) => [workspace, "eventTypes"] as const,
  apiKeys: (workspace: string) => [workspace, "apiKeys"] as const,
  emails: (workspace: string) => [workspace, "emails"] as const,
  emailList: (workspace: string) => [workspace, "emails", "list"] as const,
  email: (workspace: string, id: string) => [workspace, "emails", "one", id] as const,
  auditLog: (workspace: string, filter: AuditLogFilter) => [workspace, "auditLog", filter] as const,
  members: (workspace: string) => [workspace, "members"] as const,
  invitations: (workspace: string) => [workspace, "invitations"] as const,
  emailDomains: (workspace: string) => [workspace, "emailDomains"] as const,
  contents: (workspace: string) => [workspace, "contents"] as const,
  ownWorkspaces: () => ["own-workspaces"] as const,
  settings: (workspace: string) => [workspace, "settings"] as const,
};
