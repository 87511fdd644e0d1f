/** What the document says of each group of operations. */
export const tags = {
  Events:
    "What happened in your product. Publish an event, and it is sent to each webhook that subscribes to its type.",
  "Event types":
    "The catalogue: the types of events there are, with an example and a JSON Schema of their data.",
  Endpoints: "Webhooks: the URLs that events are sent to, their signatures, secrets, headers and state.",
  Deliveries: "The event log: one event for one webhook, with each attempt to send it.",
  Replays: "Jobs that send again, or discard, what a filter of the log matches.",
  "Saved views":
    "Filters of the event log that people keep, each for themselves. Only the dashboard can read and change them.",
  Ledger: "The books: what became of everything that was accepted.",
  "API keys": "Keys that programs use this API with. Only the dashboard can list, make and revoke them.",
  Members:
    "Who is in the workspace, with which role, who was invited, and who may join by an email domain. Only the dashboard can read and change it.",
  Emails: "Emails to owners of the workspace. Only the dashboard can read it.",
  "Audit log": "Who changed what, when and from where. Only the dashboard can read it.",
  Workspace: "The workspace's settings. Only the dashboard can read and change them.",
} as const;
export type Tag = keyof typeof tags;
