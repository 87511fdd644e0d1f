#!/usr/bin/env node
import { spawn, spawnSync } from "node:child_process";
import { randomBytes, randomInt } from "node:crypto";
import os from "node:os";
import { parseArgs } from "node:util";
import { startPosthorn } from "../e2e/support/start-posthorn.mjs";
import { say } from "./launcher/progress.mjs";
import { assertNodeVersion } from "./launcher/settings.mjs";

/**
 * What every answer has to be: no failure of ours, and as the document says. Whether what breaks the document is refused
 * is not among it: a filter takes one value for a list, and schemathesis takes no 431 for a refusal.
 */
const checks = [
  "not_a_server_error",
  "status_code_conformance",
  "content_type_conformance",
  "response_schema_conformance",
  "unsupported_method",
  "allow_header_conformance",
  "ignored_auth",
];

/**
 * Sends the built app requests that schemathesis (`pip install schemathesis`) makes of the OpenAPI document, valid
 * ones and others, and fails at a 5xx or an answer that the document does not describe.
 */
async function fuzz() {
  assertNodeVersion();
  const { values } = parseArgs({
    options: {
      examples: { type: "string", default: "250" },
      seed: { type: "string", default: String(randomInt(2 ** 31)) },
      program: { type: "string", default: "schemathesis" },
    },
  });
  const { examples, seed, program } = values;
  if (spawnSync(program, ["--version"], { stdio: "ignore" }).status !== 0) {
    say(
      `Skipped: ${program} is not installed. Run pip install schemathesis, or set its path with --program.`,
    );
    return 0;
  }
  const key = `phk_${randomBytes(24).toString("hex")}`;
  const posthorn = await startPosthorn({
    env: {
      POSTHORN_BOOTSTRAP_EMAIL: "owner@example.com",
      POSTHORN_BOOTSTRAP_PASSWORD: randomBytes(12).toString("hex"),
      POSTHORN_BOOTSTRAP_API_KEY: key,
    },
  });
  try {
    say(`Seed ${seed} (--seed ${seed} makes the same requests again), ${examples} examples per operation.`);
    const request = ["--header", `Authorization: Bearer ${key}`, "--request-timeout", "30"];
    const amount = ["--max-examples", examples, "--seed", seed, "--phases", "examples,coverage,fuzzing"];
    const judgement = ["--checks", checks.join(","), "--continue-on-failure", "--warnings", "off"];
    const url = `${posthorn.url}/api/openapi.json`;
    return await run(program, ["run", url, ...request, ...amount, ...judgement]);
  } finally {
    await posthorn.stop();
  }
}

/**
 * @param {string} program
 * @param {string[]} args
 * @returns {Promise<number>} its exit code
 */
function run(program, args) {
  // It writes its findings to the folder that it runs in.
  const child = spawn(program, args, { cwd: os.tmpdir(), stdio: ["ignore", "inherit", "inherit"] });
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("exit", (code) => resolve(code ?? 1));
  });
}

process.exitCode = await fuzz();
