import AxeBuilder from "@axe-core/playwright";
import { type Browser, type BrowserContext, expect, type Page, test } from "@playwright/test";
import { expectFits } from "./expect-fits";

export type StorageState = Awaited<ReturnType<BrowserContext["storageState"]>>;

/** How a page may be seen. */
export const looks = {
  light: { colorScheme: "light", viewport: { width: 1440, height: 900 } },
  dark: { colorScheme: "dark", viewport: { width: 1440, height: 900 } },
  "1024 px": { colorScheme: "light", viewport: { width: 1024, height: 768 } },
  "390 px": { colorScheme: "light", viewport: { width: 390, height: 844 } },
} as const;

/** Two open browsers, a wide and a narrow one, which check one page after the other: opening them is slow. */
export type PageChecker = {
  /**
   * Opens a page in light, in dark and at 390 px, and holds it to what every page must be: without a violation of axe's
   * rules, no wider than the window, under a policy that no script of it breaks, and with a silent console.
   *
   * @param ready brings it to the state that is checked, and waits for it
   */
  check(url: string, ready: (page: Page) => Promise<unknown>): Promise<void>;
  close(): Promise<void>;
};

/** @param storageState whose cookies open the pages */
export async function openPageChecker(browser: Browser, storageState?: StorageState): Promise<PageChecker> {
  const open = async (look: (typeof looks)[keyof typeof looks]) => {
    const context = await browser.newContext({ ...look, storageState, reducedMotion: "reduce" });
    const page = await context.newPage();
    return { page, complaints: listen(page) };
  };
  const [wide, narrow] = [await open(looks.light), await open(looks["390 px"])];

  return {
    check: async (url, ready) => {
      for (const [name, { page, complaints }] of Object.entries({ wide, narrow })) {
        await test.step(name, async () => {
          complaints.length = 0;
          const answer = await page.goto(url);
          expectPolicy(answer?.headers()["content-security-policy"]);
          await ready(page);
          await expectAccessible(page);
          await expectFits(page);
          if (page === wide.page) {
            await page.emulateMedia({ colorScheme: "dark" });
            // It is the same document in other colors.
            await expectAccessible(page, ["color-contrast", "link-in-text-block"]);
            await page.emulateMedia({ colorScheme: "light" });
          }
          // That the page itself is a 404 is no complaint of it.
          const isOwn404 = ({ text, url }: Complaint) =>
            url === page.url() && /^Failed to load resource/.test(text);
          expect.soft(complaints.filter((one) => !isOwn404(one)).map(({ text }) => text)).toEqual([]);
        });
      }
    },
    close: async () => {
      await Promise.all([wide.page.context().close(), narrow.page.context().close()]);
    },
  };
}

type Complaint = {
  text: string;
  /** Of what it is about. */
  url: string;
};

/** Collects the errors of a page, which include violations of the content security policy. */
function listen(page: Page): Complaint[] {
  const complaints: Complaint[] = [];
  page.on("pageerror", (error) => complaints.push({ text: String(error), url: "" }));
  page.on("console", (message) => {
    if (message.type() === "error" || /content security policy/i.test(message.text())) {
      complaints.push({ text: message.text(), url: message.location().url });
    }
  });
  return complaints;
}

/** Runs in the page: waits until colours that change have changed. */
async function colorsSettled(): Promise<void> {
  await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
  await Promise.allSettled(document.getAnimations().map((animation) => animation.finished));
}

function expectPolicy(policy = ""): void {
  expect(policy).toMatch(/script-src 'nonce-[A-Za-z0-9+/=]{22,}' 'strict-dynamic';/);
  expect(policy).not.toMatch(/script-src[^;]*unsafe/);
  expect(policy).toMatch(/default-src 'self';.*object-src 'none';/);
}

/** Axe's rules for WCAG 2.2 A and AA, and its best practices; or only those that are named. */
export async function expectAccessible(page: Page, rules?: string[]): Promise<void> {
  // The title of a page that was navigated to comes after its content.
  await expect(page).toHaveTitle(/\S/);
  // Half faded in, words have less contrast than they are given.
  await page.emulateMedia({ reducedMotion: "reduce" });
  await page.evaluate(colorsSettled);
  // What lies behind a modal dialog is dimmed, and nobody can reach it.
  const axe = new AxeBuilder({ page }).exclude("[data-aria-hidden=true]");
  if (rules) axe.withRules(rules);
  // The policy allows no frames; else it opens another page each time to gather what it found in them.
  const { violations } = await axe.setLegacyMode().analyze();
  const found = violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${help}\n${html}\n${failureSummary}`),
  );
  expect.soft(found).toEqual([]);
}
