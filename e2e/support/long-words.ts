import { type APIRequestContext, expect } from "@playwright/test";
import type { EndpointOutput } from "@/lib/contract/endpoints";
import type { TestReceiver } from "@/lib/testing/test-receiver.mjs";
import {
  asks,
  fillForm,
  inTurn,
  openMenu,
  openSidebar,
  press,
  type Ready,
  sees,
  settled,
  switchWorkspace,
} from "./shot-states";

/** Unbroken, as long as each field takes. */
export const longWords = {
  name: "W".repeat(100),
  workspace: "M".repeat(60),
  type: `${"a".repeat(60)}.${"b".repeat(67)}`,
  header: `X-${"h".repeat(120)}`,
  text: "t".repeat(300),
};

export type LongWebhooks = Record<"failing" | "refusing" | "disabled" | "replaying", EndpointOutput>;

/** Fills a workspace with names, addresses, types, headers, errors and payloads without a place to break. */
export async function seedLongWords(api: APIRequestContext, receiver: TestReceiver): Promise<LongWebhooks> {
  const { name, type, header, text } = longWords;
  receiver.reply({ status: 500, body: JSON.stringify({ error: text }), headers: { [header]: text } });
  const post = async (path: string, data: object = {}) => {
    const answer = await api.post(`/api/v1${path}`, { data });
    if (!answer.ok()) throw new Error(`${path} was answered ${answer.status()}: ${await answer.text()}`);
    return answer.json();
  };
  const add = (origin: string): Promise<EndpointOutput> =>
    post("/endpoints", {
      url: `${origin}/${"p".repeat(200)}?${"q".repeat(200)}`,
      name,
      description: text,
      eventTypes: [type],
      headers: { [header]: "v" },
    });
  await post("/event-types", { name: type, description: text, example: { [text]: text } });
  const webhooks = {
    failing: await add(receiver.origin),
    refusing: await add("http://127.0.0.1:9"),
    disabled: await add(receiver.origin),
    replaying: await add(receiver.origin),
  };
  for (const { id } of [webhooks.disabled, webhooks.replaying]) await post(`/endpoints/${id}/disable`);
  const events = Array.from({ length: 8 }, (_, index) => ({
    type,
    data: { [text]: text, index },
    idempotencyKey: `${"k".repeat(250)}${index}`,
  }));
  await post("/events/batch", { events });
  const job = await post(`/endpoints/${webhooks.replaying.id}/enable`, { held: "replay", ratePerSecond: 1 });
  await post(`/replays/${job.replayId}/pause`);
  await post("/api-keys", { name, scopes: ["events:write"] });
  await post("/emails/test");
  return webhooks;
}

/** Pages in the states with the most content: by name, their path and the steps to that state. */
export function wideStates(webhooks: LongWebhooks): Record<string, { path: string; ready: Ready }> {
  const list = "/main/developers/webhooks";
  const { failing, refusing, disabled } = webhooks;
  const pathOf = ({ id }: EndpointOutput, rest = "") => `${list}/${id}${rest}`;
  const openRow: Ready = async (page) => {
    await page
      .getByRole("button", { name: `Actions for ${longWords.name}` })
      .first()
      .click();
    await sees("Edit")(page);
  };
  const menuItem = (item: string) => openMenu(longWords.name, item);
  const row: Ready = (page) => page.getByRole("button", { name: longWords.type }).first().click();
  const openAttempt: Ready = async (page) => {
    const attempt = page.locator("[data-event-sheet]").getByRole("listitem").filter({ hasText: "#1" });
    await attempt.getByText("#1").click();
    await expect(attempt.getByText("Request headers")).toBeVisible();
  };
  const fillLongForm: Ready = async (page) => {
    await fillForm(page);
    await page.getByLabel("URL", { exact: true }).fill(failing.url);
    await page.getByLabel("Name").first().fill(longWords.text);
    await page.getByLabel("Existing signature token").fill(`whsec_${"ab".repeat(80)}`);
    await page.getByRole("button", { name: "Add header" }).click();
    await page.getByLabel("Name of header 1").fill(longWords.header);
    await press("Add webhook")(page);
    await sees("must be at most 100 characters")(page);
  };
  const sendTest: Ready = inTurn(
    press("Send test event"),
    sees("Event type"),
    press("Send test event"),
    sees("Show in the event log"),
  );
  return {
    "the profile": { path: "/account", ready: sees("Confirmed") },
    "the security of the account": { path: "/account/security", ready: sees("Signed in with a password") },
    "the list": { path: list, ready: sees("p".repeat(200)) },
    "the menu of a row": { path: list, ready: inTurn(sees("p".repeat(200)), openRow) },
    "the sidebar": { path: list, ready: inTurn(sees("p".repeat(200)), openSidebar) },
    "the workspaces": { path: list, ready: inTurn(sees("p".repeat(200)), switchWorkspace) },
    "the form": { path: `${list}/new`, ready: fillLongForm },
    "the form of one": {
      path: pathOf(failing, "/edit"),
      ready: inTurn(sees("Replace headers"), press("Replace headers")),
    },
    "a failing one": { path: pathOf(failing), ready: sees("Failing since") },
    "just added": { path: pathOf(failing, "?added=true"), ready: inTurn(press("Show the code"), settled) },
    "its overview": { path: pathOf(failing, "?tab=overview"), ready: sees("Added") },
    "its settings": { path: pathOf(failing, "?tab=settings"), ready: sees("Custom headers") },
    "a test and its answer": { path: pathOf(failing), ready: sendTest },
    "a test without an answer": { path: pathOf(refusing), ready: sendTest },
    "a disabled one": { path: pathOf(disabled), ready: sees("8 events held") },
    "enabling it": { path: pathOf(disabled), ready: inTurn(press("Enable webhook"), asks(/^Enable/)) },
    "discarding its events": { path: pathOf(disabled), ready: inTurn(press("Discard"), asks(/^Discard/)) },
    "rotating its token": {
      path: pathOf(disabled),
      ready: inTurn(menuItem("Rotate token"), asks(/^Rotate/)),
    },
    "deleting it": { path: pathOf(disabled), ready: inTurn(menuItem("Delete"), asks(/^Delete/)) },
    "canceling a replay": {
      path: pathOf(disabled),
      ready: async (page) => {
        await page.getByRole("button", { name: /^Cancel: Replay paused/ }).click();
        await asks(/^Cancel the replay/)(page);
      },
    },
    "the log with filters": {
      path: `/main/developers/events?type=${longWords.type}&webhook=${failing.id}&q=${longWords.text.slice(0, 255)}`,
      ready: inTurn(sees("No events match"), press("Type: ".concat(longWords.type)), settled),
    },
    "the log": { path: "/main/developers/events", ready: sees(longWords.type) },
    "an event and its attempts": {
      path: pathOf(failing),
      ready: inTurn(row, sees("Properties"), openAttempt),
    },
    "an event without webhooks": {
      path: pathOf(refusing),
      ready: inTurn(row, sees("Properties"), openAttempt),
    },
    "API keys": { path: "/main/developers/api-keys", ready: sees(longWords.name) },
    "a new key": {
      path: "/main/developers/api-keys",
      ready: inTurn(press("Create API key"), asks("Create API key")),
    },
    "revoking a key": {
      path: "/main/developers/api-keys",
      ready: inTurn(press(`Revoke ${longWords.name}`), asks(/^Revoke/)),
    },
    settings: { path: "/main/settings/general", ready: sees("Refuse unknown event types") },
    emails: { path: "/main/settings/emails", ready: sees("Test email from Posthorn") },
    "an email": {
      path: "/main/settings/emails",
      ready: async (page) => {
        await page.locator("#main").getByRole("button", { name: longWords.name }).first().click();
        await sees("Open the webhook")(page);
      },
    },
    "an address that does not exist": { path: `/main/${longWords.text}`, ready: sees("Page not found") },
  };
}
