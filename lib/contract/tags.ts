/** What the document says of each group of operations. */
export const tags = {
  Events:
    "What happened in your product. Publish an event, and it is sent to each webhook that subscribes to its type.",
  "Event types": "The catalogue of event types, each with an example and a JSON Schema of its data.",
  Endpoints: "Webhooks: the URLs that events are sent to, their signatures, secrets, headers and state.",
  Deliveries: "The event log: each delivery of an event to a webhook, with its attempts.",
  Replays: "Jobs that send again or discard the deliveries that a filter matches.",
  "Saved views":
    "Filters of the event log that people save for themselves. Only the dashboard can read and change them.",
  Ledger: "The ledger: what happened to everything that was accepted.",
  "API keys": "Keys for programs that use this API. Only the dashboard can list, create and revoke them.",
  Members:
    "The members of the workspace and their roles, invitations, and the email domains whose people can join. Only the dashboard can read and change them.",
  Emails: "Emails to owners of the workspace. Only the dashboard can read them.",
  "Audit log": "Who changed what, when and from where. Only the dashboard can read it.",
  Workspace: "The workspace's settings. Only the dashboard can read and change them.",
} as const;
export type Tag = keyof typeof tags;
