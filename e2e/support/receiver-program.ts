import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { expect } from "@playwright/test";

/** A receiver that somebody else wrote, as a process of its own. */
export type ReceiverProgram = { output(): string; stop(): Promise<void> };

/**
 * Runs a command in a shell of a process group of its own (`go run` starts another program), and waits until it
 * refuses an empty request on the port, which it gets as `PORT`.
 */
export async function startReceiverProgram(
  command: string,
  { cwd, port }: { cwd: string; port: number },
): Promise<ReceiverProgram> {
  const child = spawn("sh", ["-c", command], {
    cwd,
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
    // Nothing may be downloaded here.
    env: { ...process.env, PORT: String(port), GOPROXY: "off", GOTOOLCHAIN: "local" },
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding("utf8").on("data", (chunk: string) => {
      output += chunk;
    });
  }
  const answer = async () => {
    if (child.exitCode !== null) throw new Error(`it ended: ${output}`);
    const response = await fetch(`http://127.0.0.1:${port}`, { method: "POST" }).catch(() => null);
    return response?.status;
  };
  const program = { output: () => output, stop: () => stop(child) };
  try {
    await expect.poll(answer, { timeout: 120_000 }).toBe(400);
  } catch (error) {
    await program.stop();
    throw error;
  }
  return program;
}

async function stop(child: ChildProcess): Promise<void> {
  if (!child.pid || child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, "exit");
  process.kill(-child.pid, "SIGKILL");
  await exited;
}
