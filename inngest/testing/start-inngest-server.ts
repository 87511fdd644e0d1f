import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import net from "node:net";
import os from "node:os";
import path from "node:path";
import { vi } from "vitest";

const startTimeoutMs = 60_000;

// biome-ignore lint/style/noProcessEnv: how tests find a program is no setting of the app
const program = process.env.INNGEST_TEST_BIN || null;

/** Whether INNGEST_TEST_BIN names the program of an Inngest server. */
export const hasInngestServer = program !== null;

/** An Inngest server of a test's own on 127.0.0.1, which can be killed and started again with nothing on its disk. */
export async function startInngestServer() {
  const [port = 0, ...otherPorts] = await freePorts(4);
  const environment = {
    INNGEST_BASE_URL: `http://127.0.0.1:${port}`,
    INNGEST_EVENT_KEY: randomBytes(8).toString("hex"),
    // Bare hex: with a prefix each run fails with a 401.
    INNGEST_SIGNING_KEY: randomBytes(32).toString("hex"),
  };
  const home = mkdtempSync(path.join(os.tmpdir(), "posthorn-inngest-"));
  let child: ChildProcess;
  const startEmpty = async () => {
    const [gateway, gatewayGrpc, executorGrpc] = otherPorts;
    const flags = {
      host: "127.0.0.1",
      port,
      "event-key": environment.INNGEST_EVENT_KEY,
      "signing-key": environment.INNGEST_SIGNING_KEY,
      "sqlite-dir": mkdtempSync(path.join(home, "disk-")),
      "connect-gateway-port": gateway,
      "connect-gateway-grpc-port": gatewayGrpc,
      "connect-executor-grpc-port": executorGrpc,
    };
    const list = Object.entries(flags).map(([name, value]) => `--${name}=${value}`);
    child = spawn(program ?? "", ["start", "--no-ui", ...list], {
      stdio: "ignore",
      env: { NODE_ENV: "production", HOME: home, DO_NOT_TRACK: "1" },
    });
    const answers = async () => {
      const response = await fetch(`${environment.INNGEST_BASE_URL}/health`);
      if (!response.ok) throw new Error(`The Inngest server answered ${response.status}`);
    };
    await vi.waitFor(answers, { timeout: startTimeoutMs, interval: 100 });
  };
  const kill = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill("SIGKILL");
    await once(child, "exit");
  };
  const end = async () => {
    await kill();
    rmSync(home, { recursive: true, force: true });
  };
  await startEmpty();
  return { environment, kill, startEmpty, end };
}

async function freePorts(count: number): Promise<number[]> {
  const probes = await Promise.all(
    Array.from({ length: count }, async () => {
      const probe = net.createServer().listen(0, "127.0.0.1");
      await once(probe, "listening");
      return probe;
    }),
  );
  return probes.map((probe) => {
    const address = probe.address();
    probe.close();
    return typeof address === "object" && address ? address.port : 0;
  });
}
