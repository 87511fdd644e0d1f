import { execFileSync } from "node:child_process";
import { expect, test } from "vitest";
import { curlCommand } from "./curl-command";

/** The arguments a POSIX shell makes of the command. */
function shellArguments(command: string): string[] {
  const script = `curl() { for a in "$@"; do printf '%s\\0' "$a"; done; }; ${command}`;
  return execFileSync("/bin/sh", ["-c", script], { encoding: "utf8" }).split("\0").slice(0, -1);
}

test("a shell hands the body over byte for byte, whatever quotes it holds", () => {
  const body = `{"text":"it's \\"fine\\" $HOME \`id\` \\\\ 'x'"}`;
  const command = curlCommand({ url: "https://example.com/a?b=c&d='e'", headers: { "x-a": "it's" }, body });
  expect(shellArguments(command)).toEqual([
    "-X",
    "POST",
    "https://example.com/a?b=c&d='e'",
    "-H",
    "x-a: it's",
    "--data-binary",
    body,
  ]);
});

test("headers that curl sets by itself are left out", () => {
  const command = curlCommand({
    url: "https://a.example",
    headers: { Host: "b", "Content-Length": "9" },
    body: "{}",
  });
  expect(command).not.toMatch(/host|content-length/i);
});
