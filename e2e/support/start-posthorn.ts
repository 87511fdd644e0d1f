import { spawn } from "node:child_process";
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import net from "node:net";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";

/** The processes of a Posthorn; 0 for one that has not started, or that it does not run. */
export type PosthornProcesses = { launcher: number; app: number; postgres: number };

export type Exit = { code: number | null; signal: NodeJS.Signals | null };

/** A Posthorn that was started as a user starts it, from the build that is there. */
export type Posthorn = {
  url: string;
  port: number;
  /** The launcher's. */
  pid: number;
  dataDir: string;
  processes(): PosthornProcesses;
  /** All that it wrote so far. */
  output(): string;
  /** Ends it in order; a data folder that was made for it goes, too. */
  stop(): Promise<Exit>;
  /** Signals the launcher alone. */
  kill(signal: NodeJS.Signals): void;
  waitForExit(): Promise<Exit>;
  /** Waits until it answers at `/api/health`. Throws with its output where it ends before. */
  waitUntilReady(): Promise<void>;
};

export type StartOptions = {
  port?: number;
  /** Kept by `stop`; without it, a new one in the system's temporary folder. */
  dataDir?: string;
  env?: Record<string, string | undefined>;
};

const checkout = fileURLToPath(new URL("../..", import.meta.url));
const ownVariables =
  /^(POSTHORN_|INNGEST_|PG|npm_)|^(DATABASE_URL|APP_URL|PORT|SMTP_URL|NODE_ENV|NODE_OPTIONS|VITEST.*)$/;

/** Starts Posthorn, on a free port and with a data folder of its own unless told, and waits until it answers. */
export async function startPosthorn(options: StartOptions = {}): Promise<Posthorn> {
  const posthorn = await launchPosthorn(options);
  await posthorn.waitUntilReady();
  return posthorn;
}

/** Starts Posthorn without waiting for anything: for starts that are meant to fail. */
export async function launchPosthorn(options: StartOptions = {}): Promise<Posthorn> {
  const port = options.port ?? (await freePort());
  const dataDir = options.dataDir ?? makeDataDir();
  const inherited = Object.entries(process.env).filter(([name]) => !ownVariables.test(name));
  const child = spawn(process.execPath, [path.join(checkout, "bin", "up.mjs"), "--no-build"], {
    cwd: checkout,
    env: {
      ...Object.fromEntries(inherited),
      NODE_ENV: "production",
      PORT: String(port),
      POSTHORN_DATA_DIR: dataDir,
      ...options.env,
    },
    stdio: ["ignore", "pipe", "pipe", "ipc"],
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding("utf8").on("data", (chunk: string) => {
      output += chunk;
    });
  }
  let processes: PosthornProcesses = { launcher: child.pid ?? 0, app: 0, postgres: 0 };
  child.on("message", (message: PosthornProcesses) => {
    processes = message;
  });
  const exited = new Promise<Exit>((resolve) =>
    child.on("exit", (code, signal) => resolve({ code, signal })),
  );
  const hasExited = () => child.exitCode !== null || child.signalCode !== null;

  return {
    url: options.env?.APP_URL ?? `http://localhost:${port}`,
    port,
    pid: child.pid ?? 0,
    dataDir,
    processes: () => processes,
    output: () => output,
    kill: (signal) => {
      child.kill(signal);
    },
    waitForExit: () => exited,
    stop: async () => {
      if (!hasExited()) child.kill("SIGTERM");
      const exit = await exited;
      if (!options.dataDir) rmSync(dataDir, { recursive: true, force: true });
      return exit;
    },
    waitUntilReady: async () => {
      while (!(await isHealthy(port))) {
        if (hasExited()) throw new Error(`Posthorn ended instead of starting:\n${output}`);
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    },
  };
}

/** A new folder that PostgreSQL's account can enter, too, where the tests run as root. */
export function makeDataDir(): string {
  const dir = mkdtempSync(path.join(os.tmpdir(), "posthorn-e2e-"));
  chmodSync(dir, 0o711);
  return dir;
}

/** A port of this machine that nothing listens on. */
export function freePort(): Promise<number> {
  const probe = net.createServer();
  return new Promise((resolve, reject) => {
    probe.on("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === "object" && address ? address.port : 0));
    });
  });
}

async function isHealthy(port: number): Promise<boolean> {
  try {
    const response = await fetch(`http://127.0.0.1:${port}/api/health`);
    await response.arrayBuffer();
    return response.status === 200;
  } catch {
    return false;
  }
}
