import { networkInterfaces } from "node:os";
import { expect, test } from "vitest";
import { launchForTest, startForTest } from "./start-for-test";

const configurationError = { code: 78, signal: null };
const addresses = Object.values(networkInterfaces()).flatMap((all) => all ?? []);
const outer = addresses.find(({ internal, family }) => !internal && family === "IPv4")?.address;
const hasIpv6 = addresses.some(({ address }) => address === "::1");

const answers = (host: string, port: number): Promise<boolean> =>
  fetch(`http://${host}:${port}/api/health`).then(
    ({ ok }) => ok,
    () => false,
  );

test.runIf(outer)(
  "behind a proxy on the same machine it can listen there alone, whatever APP_URL",
  async () => {
    const env = { APP_URL: "https://hooks.example.com", HOST: "127.0.0.1" };
    const closed = await startForTest({ env });
    expect(await answers("127.0.0.1", closed.port)).toBe(true);
    expect(await answers(`${outer}`, closed.port)).toBe(false);
    await expect.poll(() => closed.output()).toContain("Posthorn runs at https://hooks.example.com ");

    const open = await startForTest({ env: { HOST: "0.0.0.0" } });
    expect(await answers(`${outer}`, open.port)).toBe(true);
    // Others can reach the setup, so that its link has a token.
    await expect.poll(() => open.output()).toMatch(/\/setup\?token=\S{32} and make your account/);
  },
);

test.runIf(hasIpv6)("HOST may be an address of IPv6, and the URL that is printed can be opened", async () => {
  const own = await launchForTest({ env: { HOST: "::1" } });
  await expect.poll(() => own.output()).toContain(`Posthorn runs at http://[::1]:${own.port} `);
  expect(await answers("[::1]", own.port)).toBe(true);
  expect(await answers("127.0.0.1", own.port)).toBe(false);

  const all = await startForTest({ env: { HOST: "::" } });
  expect(await answers("[::1]", all.port)).toBe(true);
  expect(await answers("127.0.0.1", all.port)).toBe(true);
});

test.each([
  ["192.0.2.1", "is no address of this machine"],
  ["nowhere.invalid", "is no address and does not resolve to one"],
  ["127.0.0.1:3000", "is no address"],
])("HOST=%s is refused: it %s", async (HOST, why) => {
  const posthorn = await launchForTest({ env: { HOST } });
  expect(await posthorn.waitForExit()).toEqual(configurationError);
  expect(posthorn.output()).toContain(`posthorn: HOST is "${HOST}", which ${why}`);
  expect(posthorn.output()).toContain("127.0.0.1 (this machine only)");
});
