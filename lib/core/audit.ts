import { z } from "zod";
import { apiKeyScopes } from "./api-keys";
import { joiningRoles } from "./email-domains";
import { disableFailures } from "./endpoint-state";
import { heldActions, heldChoices } from "./replays";
import { roles } from "./roles";

/**
 * What an audit row can say was done: noun and verb, with what it did in words before the name of the thing, and the
 * shape of its details. What changed from what to what is apart, in `changes`. Neither ever holds a secret or the value
 * of a header. A new action is a line here; `withAudit` takes no other.
 */
const workspaceActions = {
  "workspace.create": action("created the workspace", { slug: z.string(), sampleEventTypes: z.number() }),
  "workspace.update": action("changed the settings of the workspace"),
  "workspace.delete": action("deleted the workspace", {
    webhooks: z.number(),
    eventTypes: z.number(),
    apiKeys: z.number(),
    members: z.number(),
    events: z.number(),
    waiting: z.number(),
  }),
  // Retention goes by weeks: what was accepted before the first that is kept.
  "workspace.expire": action("deleted old events of the workspace", { before: z.string() }),
  "workspace.discard_held": action("discarded deliveries held past retention in the workspace", {
    deliveries: z.number(),
  }),

  "member.update": action("changed the role of"),
  "member.remove": action("removed the member", { role: z.enum(roles), apiKeys: z.number() }),
  "member.leave": action("left the workspace as", { role: z.enum(roles), apiKeys: z.number() }),
  "member.join": action("joined the workspace by an email domain as", {
    role: z.enum(joiningRoles),
    domain: z.string(),
  }),
  "invitation.create": action("invited", { role: z.enum(roles) }),
  "invitation.resend": action("sent a new invitation to", { role: z.enum(roles) }),
  "invitation.revoke": action("revoked the invitation of"),
  "invitation.accept": action("accepted the invitation of", { role: z.enum(roles) }),

  "domain.create": action("added the email domain", { role: z.enum(joiningRoles), address: z.string() }),
  "domain.resend": action("sent a new email to verify the email domain", { address: z.string() }),
  "domain.verify": action("verified the email domain", { role: z.enum(joiningRoles), address: z.string() }),
  "domain.update": action("changed the role for people who join by the email domain"),
  "domain.delete": action("removed the email domain", { role: z.enum(joiningRoles), verified: z.boolean() }),

  "endpoint.create": action("added the webhook"),
  "endpoint.update": action("changed the webhook"),
  "endpoint.delete": action("deleted the webhook", { url: z.string() }),
  "endpoint.enable": action("enabled the webhook", {
    changed: z.boolean(),
    held: z.enum(heldChoices).optional(),
    replayId: z.string().nullable().optional(),
  }),
  "endpoint.disable": action("disabled the webhook", {
    changed: z.boolean(),
    keepEvents: z.boolean().optional(),
  }),
  "endpoint.probe": action("tried the webhook now", { changed: z.boolean() }),
  "endpoint.decide_held": action("decided on the held deliveries of the webhook", {
    action: z.enum(heldActions),
    replayId: z.string(),
  }),
  "endpoint.reveal_secret": action("revealed the secret of the webhook"),
  "endpoint.rotate_secret": action("rotated the secret of the webhook", {
    expireOldAfterHours: z.number(),
    imported: z.boolean(),
  }),
  "endpoint.test": action("sent a test event to the webhook", {
    type: z.string(),
    url: z.string().optional(),
  }),

  "event_type.create": action("added the event type"),
  "event_type.update": action("changed the event type"),
  "event_type.delete": action("deleted the event type"),

  "event.deliver": action("sent to another webhook the event", {
    endpoint: z.string(),
    endpointId: z.string(),
    deliveryId: z.string(),
  }),

  "delivery.retry": action("retried a delivery of", { endpoint: z.string() }),

  "replay.start": action("started a replay", { filter: z.looseObject({}), total: z.number() }),
  "replay.update": action("changed the pace of a replay"),
  "replay.pause": action("paused a replay", { changed: z.boolean() }),
  "replay.resume": action("resumed a replay", { changed: z.boolean() }),
  "replay.cancel": action("canceled a replay", { changed: z.boolean() }),

  // Views are a person's own: what they are named is not said.
  "saved_view.create": action("saved a view of the event log"),
  "saved_view.update": action("changed a saved view of the event log"),
  "saved_view.delete": action("deleted a saved view of the event log"),

  "api_key.create": action("created the API key", { scopes: z.array(z.enum(apiKeyScopes)) }),
  "api_key.rotate": action("rotated the API key", { overlapHours: z.number() }),
  "api_key.revoke": action("revoked the API key"),

  "email.test": action("sent a test email to"),
} as const;

/** What is done to the instance, to accounts, and to workspaces that are gone: its rows are in no workspace. */
const instanceActions = {
  "instance.update": action("changed the settings of the instance"),
  "instance.rotate_key": action("rotated the encryption key", { keyId: z.string(), unreadable: z.number() }),
  "instance.restore": action("restored the backup", {
    takenAt: z.string(),
    version: z.string(),
    rows: z.number(),
  }),
  "user.create": action("created the account", { isOperator: z.boolean() }),
  "user.update": action("changed the account"),
  "user.end_sessions": action("ended the sessions of", { sessions: z.number() }),
  "user.reset_password": action("set a new password for", {
    sessions: z.number(),
    secondFactor: z.enum(["kept", "turned off"]),
  }),
  "self_test.start": action("started a self-test"),
  "self_test.cancel": action("canceled a self-test"),
  "workspace.remove": action("removed the data of the deleted workspace"),
} as const;

export const auditActions = { ...workspaceActions, ...instanceActions } as const;

export type AuditAction = keyof typeof auditActions;

/** A value before and after, by the path of its field; `null` if there was none, or is none any more. */
export type Changes = Record<string, { before: unknown; after: unknown }>;

/** What an audit row says of what was done to what. */
type Note<Details> = {
  /** A UUID; of an event type its name; `null` for the instance. */
  targetId: string | null;
  /** The thing's name as it is now; `null` for what has none. */
  targetName: string | null;
  changes?: Changes;
} & Details;

type DetailsIn<Schema> = Schema extends z.ZodType ? { details: z.infer<Schema> } : { details?: undefined };

/** What there is to say of each action. */
export type AuditNotes = { [A in AuditAction]: Note<DetailsIn<(typeof auditActions)[A]["details"]>> };

/** Who did it: `rule`, what happens by itself; `system`, Posthorn at its start or by a command. */
export const auditActorTypes = ["user", "api_key", "rule", "system"] as const;

/** The rules' names, as the audit log has them for who did it. */
export const ruleNames = {
  failures: `${disableFailures} failures in a row`,
  gone: "Answer 410 Gone",
  newType: "First event of its type",
  retention: "Retention",
  removal: "Removal of deleted workspaces",
} as const;

/** In the place of a value that the audit log does not hold. */
export const maskedValue = "••••••";

type Action<Details> = { did: string; details: Details };
function action(did: string): Action<null>;
function action<Shape extends z.ZodRawShape>(did: string, shape: Shape): Action<z.ZodObject<Shape>>;
function action(did: string, shape?: z.ZodRawShape) {
  return { did, details: shape ? z.strictObject(shape) : null };
}

type NamesOf<Actions> = [keyof Actions, ...(keyof Actions)[]];
/** What the audit log of a workspace has. */
export const auditActionNames = Object.keys(workspaceActions) as NamesOf<typeof workspaceActions>;
/** What that of the instance has. */
export const instanceActionNames = Object.keys(instanceActions) as NamesOf<typeof instanceActions>;

export const isAuditAction = (text: string): text is AuditAction => Object.hasOwn(auditActions, text);
