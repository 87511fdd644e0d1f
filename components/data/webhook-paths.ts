const developers = (workspace: string) => `/${workspace}/developers`;
const between = (from: Date, to: Date) => `from=${from.toISOString()}&to=${to.toISOString()}`;

/** Addresses of the pages of webhooks and their log. */
export const webhookPaths = {
  list: (workspace: string) => `${developers(workspace)}/webhooks`,
  add: (workspace: string) => `${developers(workspace)}/webhooks/new`,
  show: (workspace: string, id: string) => `${developers(workspace)}/webhooks/${id}`,
  tab: (workspace: string, id: string, tab: "log" | "overview" | "settings") =>
    `${developers(workspace)}/webhooks/${id}${tab === "log" ? "" : `?tab=${tab}`}`,
  added: (workspace: string, id: string) => `${developers(workspace)}/webhooks/${id}?added=true`,
  edit: (workspace: string, id: string) => `${developers(workspace)}/webhooks/${id}/edit`,
  log: (workspace: string) => `${developers(workspace)}/events`,
  logBetween: (workspace: string, from: Date, to: Date) =>
    `${developers(workspace)}/events?${between(from, to)}`,
  published: (workspace: string) => `${developers(workspace)}/events?view=published`,
  publishedEvent: (workspace: string, id: string) =>
    `${developers(workspace)}/events?view=published&event=${id}`,
  savedView: (workspace: string, { id, log, query }: { id: string; log: string; query: string }) =>
    `${developers(workspace)}/events?${log === "published" ? "view=published&" : ""}${query && `${query}&`}saved=${id}`,
  loggedDelivery: (workspace: string, id: string) => `${developers(workspace)}/events?delivery=${id}`,
  jobs: (workspace: string) => `${developers(workspace)}/jobs`,
  job: (workspace: string, id: string) => `${developers(workspace)}/jobs?job=${id}`,
  apiKeys: (workspace: string) => `${developers(workspace)}/api-keys`,
  failures: (workspace: string, id: string) =>
    `${developers(workspace)}/webhooks/${id}?status=pending,failed&range=24h`,
  failureGroup: (workspace: string, id: string, group: string) =>
    `${developers(workspace)}/webhooks/${id}?group=${group}`,
  waiting: (workspace: string, id: string) => `${developers(workspace)}/webhooks/${id}?status=pending`,
  hour: (workspace: string, id: string, from: Date, to: Date) =>
    `${developers(workspace)}/webhooks/${id}?${between(from, to)}`,
  delivery: (workspace: string, endpointId: string, deliveryId: string, test: boolean) =>
    `${developers(workspace)}/webhooks/${endpointId}?delivery=${deliveryId}${test ? "&tests=true" : ""}`,
};
