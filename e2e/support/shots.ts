import type { SeededWebhooks } from "./seed-workspace";
import {
  asks,
  breakTestData,
  createKey,
  failed,
  fillForm,
  fillFormWrongly,
  inTurn,
  leaveForm,
  loading,
  openAttempt,
  openMenu,
  openSheet,
  openSidebar,
  openTest,
  press,
  pressKey,
  type Ready,
  revokeKey,
  scrollSheet,
  sees,
  sendTest,
  settled,
  showCode,
  showTests,
  signInWrongly,
  switchWorkspace,
} from "./shot-states";

/** A page in a state of which a picture is taken. */
export type Shot = {
  name: string;
  path: string;
  /** Brings the page into its state. */
  ready: Ready;
  /** What the API does meanwhile: answers, never answers, or fails. */
  api?: "answers" | "waits" | "fails";
  /** Who looks; by default the owner. */
  as?: "nobody" | "owner" | "viewer";
};

export type ShotData = {
  /** Webhooks of the first workspace. */
  few: SeededWebhooks;
  /** Those of a workspace in which long jobs run. */
  busy: SeededWebhooks;
  /** Slugs of a workspace without anything in it, of one with much, and of the busy one. */
  slugs: Record<"empty" | "many" | "busy", string>;
};

/** Both of the log when its filter is changed: while the API waits, and when it failed. */
const unread = (name: string, path: string): Shot[] => [
  { name: `${name}-loading`, path, api: "waits", ready: inTurn(showTests, loading) },
  { name: `${name}-error`, path, api: "fails", ready: inTurn(showTests, failed) },
];

const closed: Shot[] = [
  { name: "sign-in", path: "/sign-in", as: "nobody", ready: settled },
  { name: "sign-in-wrong", path: "/sign-in", as: "nobody", ready: signInWrongly },
  {
    name: "sign-in-left-out",
    path: "/sign-in",
    as: "nobody",
    ready: inTurn(press("Sign in"), sees("Enter your password")),
  },
  { name: "not-found", path: "/nothing/at/all", ready: settled },
];

/** Every page in each of its states. */
export function shotsOf(data: ShotData): Shot[] {
  return [
    ...closed,
    ...webhooksShots(data),
    ...webhookShots(data),
    ...logShots(data),
    ...keyShots(data),
    ...settingsShots(data),
  ];
}

function webhooksShots({ few: { crm }, slugs }: ShotData): Shot[] {
  const path = "/main/developers/webhooks";
  return [
    { name: "webhooks-empty", path: `/${slugs.empty}/developers/webhooks`, ready: sees("No webhooks yet") },
    { name: "webhooks-few", path, ready: sees("CRM sync") },
    { name: "webhooks-viewer", path, as: "viewer", ready: sees("CRM sync") },
    { name: "webhooks-many", path: `/${slugs.many}/developers/webhooks`, ready: sees("CRM sync") },
    { name: "webhooks-menu", path, ready: openMenu("CRM sync") },
    { name: "webhooks-sidebar", path, ready: inTurn(sees("CRM sync"), openSidebar) },
    { name: "webhooks-switcher", path, ready: inTurn(sees("CRM sync"), switchWorkspace) },
    { name: "keyboard-help", path, ready: inTurn(sees("CRM sync"), pressKey("?"), asks(/Keyboard/)) },
    { name: "webhook-new", path: `${path}/new`, ready: fillForm },
    { name: "webhook-new-errors", path: `${path}/new`, ready: fillFormWrongly },
    { name: "webhook-new-leaving", path: `${path}/new`, ready: leaveForm },
    {
      name: "webhook-new-viewer",
      path: `${path}/new`,
      as: "viewer",
      ready: sees("You can't add webhooks"),
    },
    { name: "webhook-edit", path: `${path}/${crm.id}/edit`, ready: sees("Only these") },
  ];
}

function webhookShots({ few, busy, slugs }: ShotData): Shot[] {
  const pathOf = ({ id }: { id: string }, query = "") => `/main/developers/webhooks/${id}${query}`;
  const { billing, crm, analytics, warehouse } = few;
  return [
    { name: "webhook-missing", path: pathOf({ id: "ep_0" }), ready: sees("Webhook not found") },
    { name: "webhook-added", path: pathOf(billing, "?added=true"), ready: showCode },
    { name: "webhook-empty", path: pathOf(billing, "?q=evt_0"), ready: sees("No events match") },
    { name: "webhook-healthy", path: pathOf(billing), ready: sees("Succeeded") },
    { name: "webhook-failing", path: pathOf(crm), ready: sees("failures in a row") },
    { name: "webhook-failing-few", path: pathOf(analytics), ready: settled },
    { name: "webhook-disabled", path: pathOf(warehouse), ready: sees("events held") },
    { name: "webhook-disabled-viewer", path: pathOf(warehouse), as: "viewer", ready: sees("events held") },
    { name: "webhook-overview", path: pathOf(crm, "?tab=overview"), ready: sees("Added") },
    { name: "webhook-settings", path: pathOf(crm, "?tab=settings"), ready: sees("Custom headers") },
    {
      name: "webhook-settings-viewer",
      path: pathOf(crm, "?tab=settings"),
      as: "viewer",
      ready: sees("Custom headers"),
    },
    {
      name: "webhook-enable",
      path: pathOf(warehouse),
      ready: inTurn(press("Enable webhook"), asks(/^Enable/)),
    },
    {
      name: "webhook-enable-test",
      path: pathOf(warehouse),
      ready: inTurn(
        press("Enable webhook"),
        asks(/^Enable/),
        press("Send a test event first"),
        sees("Event type"),
        press("Send test event"),
        sees("Answered 200"),
      ),
    },
    { name: "webhook-discard", path: pathOf(warehouse), ready: inTurn(press("Discard"), asks(/^Discard/)) },
    {
      name: "webhook-disable",
      path: pathOf(billing, "?tab=settings"),
      ready: inTurn(press("Disable webhook"), asks(/^Disable/)),
    },
    {
      name: "webhook-rotate",
      path: pathOf(billing),
      ready: inTurn(openMenu("Billing service", "Rotate token"), asks(/^Rotate/)),
    },
    {
      name: "webhook-rotated",
      path: pathOf(billing),
      ready: inTurn(
        openMenu("Billing service", "Rotate token"),
        asks(/^Rotate/),
        press("Rotate token"),
        asks(/^The new/),
      ),
    },
    {
      name: "webhook-delete",
      path: pathOf(crm),
      ready: inTurn(openMenu("CRM sync", "Delete"), asks(/^Delete/)),
    },
    { name: "test-event", path: pathOf(crm), ready: openTest },
    { name: "test-event-broken", path: pathOf(crm), ready: breakTestData },
    { name: "test-event-failed", path: pathOf(crm), ready: sendTest },
    { name: "test-event-answered", path: pathOf(billing), ready: sendTest },
    {
      name: "dock",
      path: `/${slugs.busy}/developers/webhooks/${busy.warehouse.id}`,
      ready: inTurn(sees("Replaying"), settled),
    },
    {
      name: "dock-beside-sheet",
      path: `/${slugs.busy}/developers/events`,
      ready: inTurn(openSheet, sees("Replaying")),
    },
  ];
}

function logShots({ few: { crm, warehouse }, slugs }: ShotData): Shot[] {
  const main = "/main/developers/events";
  const many = `/${slugs.many}/developers/events`;
  const failing = `/main/developers/webhooks/${crm.id}?status=pending`;
  return [
    ...unread("events", main),
    {
      name: "events-empty",
      path: `/${slugs.empty}/developers/events`,
      ready: sees("Waiting for the first event…"),
    },
    { name: "events-few", path: `${main}?tests=true`, ready: sees("Succeeded") },
    { name: "events-many", path: many, ready: sees("Succeeded") },
    { name: "events-no-match", path: `${many}?q=evt_0`, ready: sees("No events match") },
    { name: "events-filter", path: `${many}?status=pending`, ready: inTurn(press("Response"), settled) },
    {
      name: "events-filters",
      path: `${many}?status=pending,failed&type=invoice.paid,sale.created&cause=timeout&response=5xx&from=2026-11-20T10:00:00Z&q=order`,
      ready: settled,
    },
    { name: "sheet-succeeded", path: `${main}?type=invoice.paid&status=succeeded`, ready: openSheet },
    { name: "sheet-failing", path: `${failing}&response=5xx`, ready: openSheet },
    { name: "sheet-failing-viewer", path: `${failing}&response=5xx`, as: "viewer", ready: openSheet },
    { name: "sheet-attempt", path: `${failing}&response=5xx`, ready: openAttempt },
    { name: "sheet-waiting", path: failing, ready: openSheet },
    { name: "sheet-held", path: `/main/developers/webhooks/${warehouse.id}`, ready: openSheet },
    { name: "sheet-refused", path: `${main}?cause=connection_refused`, ready: openSheet },
    { name: "sheet-end", path: `${failing}&response=5xx`, ready: scrollSheet },
    { name: "sheet-missing", path: `${main}?delivery=dlv_0`, ready: sees("Event not found") },
  ];
}

function keyShots({ slugs }: ShotData): Shot[] {
  const path = "/main/developers/api-keys";
  return [
    { name: "api-keys-empty", path: `/${slugs.empty}/developers/api-keys`, ready: sees("No API keys yet") },
    { name: "api-keys-few", path, ready: sees("Mobile backend") },
    { name: "api-keys-viewer", path, as: "viewer", ready: sees("Mobile backend") },
    { name: "api-keys-create", path, ready: inTurn(press("Create API key"), asks("Create API key")) },
    { name: "api-keys-created", path, ready: createKey },
    { name: "api-keys-revoke", path, ready: revokeKey },
  ];
}

function settingsShots({ slugs }: ShotData): Shot[] {
  const path = "/main/settings/general";
  const emails = "/main/settings/emails";
  const changed: Ready = async (page) => {
    await page.getByLabel("Name").fill("");
    await press("Save changes")(page);
    await settled(page);
  };
  const openEmail: Ready = async (page) => {
    await page.getByRole("button", { name: "Test email from Posthorn" }).first().click();
    await settled(page);
  };
  return [
    { name: "settings", path, ready: sees("Refuse unknown event types") },
    { name: "settings-errors", path, ready: changed },
    { name: "settings-viewer", path, as: "viewer", ready: sees("Refuse unknown event types") },
    {
      name: "settings-many",
      path: `/${slugs.many}/settings/general`,
      ready: sees("Refuse unknown event types"),
    },
    { name: "emails-empty", path: `/${slugs.empty}/settings/emails`, ready: sees("No emails yet") },
    { name: "emails", path: emails, ready: sees("Test email from Posthorn") },
    { name: "emails-viewer", path: emails, as: "viewer", ready: sees("You don't have access") },
    { name: "email", path: emails, ready: openEmail },
  ];
}
