import { z } from "zod";
import { apiKeyScopes } from "./api-keys";
import { joiningRoles } from "./email-domains";
import { disableFailures } from "./endpoint-state";
import { heldActions, heldChoices } from "./replays";
import { roles } from "./roles";

/**
 * The actions that the audit log can record: noun and verb, the words before the name of the target, and the shape of
 * the details. Changed values are stored separately, in `changes`. Neither ever contains a secret or a header's
 * value. A new action needs a line here; `withAudit` accepts no others.
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
  // Retention works by weeks: the first week that is kept.
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

  // Views are personal, so their names are not recorded.
  "saved_view.create": action("saved a view of the event log"),
  "saved_view.update": action("changed a saved view of the event log"),
  "saved_view.delete": action("deleted a saved view of the event log"),

  "api_key.create": action("created the API key", { scopes: z.array(z.enum(apiKeyScopes)) }),
  "api_key.rotate": action("rotated the API key", { overlapHours: z.number() }),
  "api_key.revoke": action("revoked the API key"),

  "email.test": action("sent a test email to"),
} as const;

/** Actions on the instance, on accounts, and on deleted workspaces. Their rows belong to no workspace. */
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

/** A value before and after, by the path of its field; `null` if there was none, or if it was removed. */
export type Changes = Record<string, { before: unknown; after: unknown }>;

/** The action and target of an audit row. */
type Note<Details> = {
  /** A UUID; for an event type its name; `null` for the instance. */
  targetId: string | null;
  /** The target's present name; `null` if it has none. */
  targetName: string | null;
  changes?: Changes;
} & Details;

type DetailsIn<Schema> = Schema extends z.ZodType ? { details: z.infer<Schema> } : { details?: undefined };

/** The details of each action. */
export type AuditNotes = { [A in AuditAction]: Note<DetailsIn<(typeof auditActions)[A]["details"]>> };

/** Who did it: `rule` for automatic actions; `system` for Posthorn at its start, or for a command. */
export const auditActorTypes = ["user", "api_key", "rule", "system"] as const;

/** The rules' names, shown in the audit log as the actor. */
export const ruleNames = {
  failures: `${disableFailures} failures in a row`,
  gone: "Answer 410 Gone",
  newType: "First event of its type",
  retention: "Retention",
  removal: "Removal of deleted workspaces",
} as const;

/** Stands for a value that the audit log does not store. */
export const maskedValue = "••••••";

type Action<Details> = { did: string; details: Details };
function action(did: string): Action<null>;
function action<Shape extends z.ZodRawShape>(did: string, shape: Shape): Action<z.ZodObject<Shape>>;
function action(did: string, shape?: z.ZodRawShape) {
  return { did, details: shape ? z.strictObject(shape) : null };
}

type NamesOf<Actions> = [keyof Actions, ...(keyof Actions)[]];
/** The actions in a workspace's audit log. */
export const auditActionNames = Object.keys(workspaceActions) as NamesOf<typeof workspaceActions>;
/** The actions in the instance's audit log. */
export const instanceActionNames = Object.keys(instanceActions) as NamesOf<typeof instanceActions>;

export const isAuditAction = (text: string): text is AuditAction => Object.hasOwn(auditActions, text);
