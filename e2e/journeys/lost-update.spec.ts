import { type APIRequestContext, type BrowserContext, expect, type Page } from "@playwright/test";
import type { EndpointOutput } from "@/lib/contract/endpoints";
import { expectProblem } from "../support/expect-problem";
import { type ApiUnderTest, startApi } from "../support/start-api";
import { test } from "../support/test";

let app: ApiUnderTest;
let api: APIRequestContext;

test.beforeAll(async () => {
  app = await startApi();
  api = await app.requestsOf(app.bootstrap.apiKey);
});

test.afterAll(() => app?.stop());

test.beforeEach(async ({ context }) => {
  const { cookies } = await (await app.signIn()).storageState();
  await context.addCookies(cookies);
});

async function addWebhook(path: string): Promise<EndpointOutput> {
  const answer = await api.post("/api/v1/endpoints", {
    data: { url: app.receiver.origin + path, name: "Before" },
  });
  expect(answer.status()).toBe(201);
  return answer.json();
}

const read = async (id: string): Promise<EndpointOutput> => (await api.get(`/api/v1/endpoints/${id}`)).json();

async function openForm(context: BrowserContext, path: string): Promise<Page> {
  const page = await context.newPage();
  await page.goto(`${app.posthorn.url}/main/${path}`);
  await expect(page.getByLabel("Name")).not.toHaveValue("");
  return page;
}

const save = (page: Page) => page.getByRole("button", { name: "Save changes" }).click();
const meanwhile = (page: Page) => page.getByRole("dialog", { name: /has changed$/ });

test("a save sends what was changed, and is refused with what somebody else changed meanwhile, to choose from", async ({
  context,
}) => {
  const { id } = await addWebhook("/two");
  const [ana, ben] = [
    await openForm(context, `developers/webhooks/${id}/edit`),
    await openForm(context, `developers/webhooks/${id}/edit`),
  ];
  // A form follows other people's changes until something is entered into it.
  await ben.getByLabel("Name").fill("Ben's");
  await ana.getByLabel("Name").fill("Ana's");
  await ana.getByLabel("Ed25519", { exact: true }).check();
  const sent = ana.waitForRequest((request) => request.method() === "PATCH");
  await save(ana);
  expect((await sent).postDataJSON()).toEqual({ name: "Ana's", signature: "ed25519" });
  await expect(ana).toHaveURL(new RegExp(`/webhooks/${id}$`));

  await ben.getByLabel("URL", { exact: true }).fill(`${app.receiver.origin}/moved`);
  await save(ben);
  const name = meanwhile(ben).getByRole("radiogroup", { name: "Name" });
  await expect(name).toContainText("Ana's");
  await expect(name).toContainText("Ben's");
  await expect(meanwhile(ben).getByRole("region", { name: "Signature" })).toContainText("Ed25519");
  expect(await read(id)).toMatchObject({ name: "Ana's", url: `${app.receiver.origin}/two` });

  await name.getByLabel("Theirs").check();
  await meanwhile(ben).getByRole("button", { name: "Save" }).click();
  await expect(ben).toHaveURL(new RegExp(`/webhooks/${id}$`));
  expect(await read(id)).toMatchObject({
    name: "Ana's",
    url: `${app.receiver.origin}/moved`,
    signature: "ed25519",
  });
});

test("the settings of the workspace are kept in the same way", async ({ context }) => {
  const [ana, ben] = [
    await openForm(context, "settings/general"),
    await openForm(context, "settings/general"),
  ];
  await ben.getByLabel("Name").fill("Ben's");
  await ana.getByLabel("Refuse unknown event types").check();
  await save(ana);
  await expect(ana.getByText("Saved")).toBeVisible();
  await save(ben);
  await expect(meanwhile(ben).getByRole("region", { name: "Refuse unknown event types" })).toContainText(
    "Yes",
  );
  await meanwhile(ben).getByRole("button", { name: "Save" }).click();
  await expect(ben.getByText("Saved")).toBeVisible();
  await expect(ben.getByLabel("Refuse unknown event types")).toBeChecked();
  const dashboard = await app.signIn();
  const settings = await (await dashboard.get("/api/v1/workspace")).json();
  expect(settings).toMatchObject({ name: "Ben's", refuseUnknownTypes: true });
});

test("the API answers with an ETag, and changes by If-Match what was not changed meanwhile", async () => {
  const { id } = await addWebhook("/api");
  const path = `/api/v1/endpoints/${id}`;
  const etag = (await api.get(path)).headers().etag ?? "";
  expect(etag).toMatch(/^"[\w-]+"$/);
  const change = (data: object, ifMatch?: string) =>
    api.patch(path, { data, headers: ifMatch === undefined ? {} : { "if-match": ifMatch } });

  const changed = await change({ name: "Ana's" }, etag);
  expect(changed.status()).toBe(200);
  expect(changed.headers().etag).not.toBe(etag);
  await expectProblem(await change({ name: "Ben's" }, etag), 412, "precondition_failed");
  await expectProblem(await api.delete(path, { headers: { "if-match": etag } }), 412, "precondition_failed");
  await expectProblem(await change({ name: "Ben's" }, "abc"), 422, "validation_failed");
  expect(await read(id)).toMatchObject({ name: "Ana's" });
  expect((await change({ name: "Ben's" }, "*")).status()).toBe(200);
  expect((await change({ name: "Cleo's" })).status()).toBe(200);
});
