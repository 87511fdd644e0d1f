import { expect, type Page } from "@playwright/test";

/** Brings a page that was just opened into a state, and waits for it. */
export type Ready = (page: Page) => Promise<unknown>;

export const settled: Ready = (page) => page.waitForLoadState("networkidle");
export const loading: Ready = (page) => expect(page.getByRole("status").first()).toBeAttached();
export const failed: Ready = (page) => expect(page.getByRole("button", { name: "Try again" })).toBeVisible();

export const sees =
  (text: string): Ready =>
  async (page) => {
    await expect(page.getByText(text).first()).toBeVisible();
    await settled(page);
  };

/** One state after the other. */
export const inTurn =
  (...steps: Ready[]): Ready =>
  async (page) => {
    for (const step of steps) await step(page);
  };

/** Presses the first button of that name, in an open dialog if there is one. */
export const press =
  (name: string): Ready =>
  async (page) => {
    const dialog = page.locator("[role=dialog]:visible, [role=alertdialog]:visible");
    const place = (await dialog.count()) > 0 ? dialog.last() : page;
    await place.getByRole("button", { name, exact: true }).first().click();
  };

export const pressKey =
  (key: string): Ready =>
  (page) =>
    page.keyboard.press(key);

/** Waits for a dialog of that title, and for what it loads. */
export const asks =
  (title: string | RegExp): Ready =>
  async (page) => {
    await expect(page.getByRole("heading", { name: title })).toBeVisible();
    await settled(page);
  };

export const openMenu =
  (webhook: string, item?: string): Ready =>
  async (page) => {
    await page.getByRole("button", { name: `Actions for ${webhook}` }).click();
    await expect(page.getByRole("menuitem", { name: "Edit" })).toBeVisible();
    if (item) await page.getByRole("menuitem", { name: item }).click();
  };

export const signInWrongly: Ready = async (page) => {
  await page.getByLabel("Email").fill("ana@example.com");
  await page.getByLabel("Password", { exact: true }).fill("not this one");
  await page.getByRole("button", { name: "Sign in" }).click();
  await sees("The email or the password is wrong.")(page);
};

export const fillForm: Ready = async (page) => {
  await page.getByLabel("URL", { exact: true }).fill("https://api.example.com/hooks/posthorn");
  await page.getByLabel("Only these").click();
  await page.getByText("Advanced").click();
  await settled(page);
};

export const fillFormWrongly: Ready = async (page) => {
  await page.getByLabel("URL", { exact: true }).fill("example");
  await page.getByLabel("Only these").click();
  await page.getByRole("button", { name: "Add webhook" }).click();
  await expect(page.getByLabel("URL", { exact: true })).toHaveAttribute("aria-invalid", "true");
};

/** Changes the form and leaves the page. */
export const leaveForm: Ready = async (page) => {
  await page.getByLabel("URL", { exact: true }).fill("https://api.example.com/hooks/posthorn");
  await page
    .getByRole("link", { name: "Cancel" })
    .or(page.getByRole("button", { name: "Cancel" }))
    .click();
  await expect(page.getByRole("alertdialog")).toBeVisible();
};

export const showCode: Ready = async (page) => {
  await page.getByRole("button", { name: "Show the code" }).click();
  await settled(page);
};

/** Changes what the log shows. */
export const showTests: Ready = (page) => page.getByLabel("Show tests").click();

export const openTest: Ready = async (page) => {
  await page.getByRole("button", { name: "Send test event" }).click();
  await expect(page.getByRole("combobox", { name: "Event type" })).toBeVisible();
  await settled(page);
};

export const sendTest: Ready = async (page) => {
  await openTest(page);
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: "Send test event" }).click();
  await expect(dialog.getByText(/^Answered \d+ in /)).toBeVisible();
  await settled(page);
};

export const breakTestData: Ready = async (page) => {
  await openTest(page);
  await page.getByRole("textbox", { name: "Data" }).fill('{\n  "id": "inv_1",\n  "total": 12,\n}');
  await sees("Line")(page);
};

export const openSheet: Ready = async (page) => {
  await page
    .getByRole("button", { name: /^(invoice|customer|sale|user)\./ })
    .first()
    .click();
  await sees("Properties")(page);
};

export const openAttempt: Ready = async (page) => {
  await openSheet(page);
  const attempt = page.locator("[data-event-sheet]").getByRole("listitem").filter({ hasText: "#1" });
  await attempt.getByText("#1").click();
  await attempt.getByText("Response headers").scrollIntoViewIfNeeded();
};

/** The sheet's end. */
export const scrollSheet: Ready = async (page) => {
  await openSheet(page);
  await page.getByRole("heading", { name: "Payload" }).scrollIntoViewIfNeeded();
};

export const revokeKey: Ready = async (page) => {
  await page.getByRole("button", { name: "Revoke CI" }).click();
  await expect(page.getByRole("alertdialog")).toBeVisible();
};

export const createKey: Ready = async (page) => {
  await page.getByRole("button", { name: "Create API key" }).click();
  await page.getByLabel("Name").fill("Nightly export");
  await page.getByRole("button", { name: "Create key" }).click();
  await expect(page.getByRole("dialog").getByText(/^phk_/)).toBeVisible();
};

/** Below 768 px the sidebar is a drawer. */
export const openSidebar: Ready = async (page) => {
  const button = page.getByRole("button", { name: "Menu", exact: true });
  if (await button.isVisible()) await button.click();
  await settled(page);
};

export const switchWorkspace: Ready = async (page) => {
  await openSidebar(page);
  await page.getByRole("button", { name: /^Workspace/ }).click();
  await settled(page);
};
