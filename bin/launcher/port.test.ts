import net from "node:net";
import os from "node:os";
import { expect, onTestFinished, test } from "vitest";
import { assertPortFree } from "./port.mjs";

const hasIpv6 = os.networkInterfaces().lo?.some(({ address }) => address === "::1") ?? false;

test.each(["127.0.0.1", "0.0.0.0", ...(hasIpv6 ? ["::1"] : [])])(
  "a port that a program listens on at %s is taken",
  async (address) => {
    const port = await listen(address);
    await expect(assertPortFree({ port, hostname: "127.0.0.1" })).rejects.toThrow(`Port ${port} is taken`);
  },
);

test("a port that becomes free in time is free", async () => {
  const port = await listen("127.0.0.1", (server) => setTimeout(() => server.close(), 300));
  await assertPortFree({ port, hostname: "127.0.0.1", waitMs: 30_000 });
});

/** Listens on a port that the system chooses, until the test ends at the latest. */
function listen(address: string, then?: (server: net.Server) => void): Promise<number> {
  const server = net.createServer();
  onTestFinished(() => {
    server.close();
  });
  return new Promise((resolve, reject) => {
    server.on("error", reject);
    server.listen(0, address, () => {
      const bound = server.address();
      then?.(server);
      resolve(typeof bound === "object" && bound ? bound.port : 0);
    });
  });
}
