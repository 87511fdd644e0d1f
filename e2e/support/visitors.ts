import type { Browser, BrowserContext, Page } from "@playwright/test";

/** People with a browser of their own each, until `close`. `urlOf` is asked once the app runs. */
export function visitors(urlOf: () => string) {
  const contexts: BrowserContext[] = [];
  return {
    async visit(browser: Browser, path: string): Promise<Page> {
      const context = await browser.newContext({ baseURL: urlOf(), reducedMotion: "reduce" });
      contexts.push(context);
      const page = await context.newPage();
      await page.goto(path);
      return page;
    },
    close: () => Promise.all(contexts.map((context) => context.close())),
  };
}

/** Fills the sign-in form in and sends it. */
export async function enter(
  page: Page,
  { email, password }: { email: string; password: string },
): Promise<void> {
  await page.getByLabel("Email").fill(email);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
}
