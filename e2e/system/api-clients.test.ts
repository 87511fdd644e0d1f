import { spawn, spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, type TestContext, test } from "vitest";
import { makeProducer } from "../support/producer";
import { type Posthorn, startPosthorn } from "../support/start-posthorn.mjs";

const checkout = fileURLToPath(new URL("../..", import.meta.url));
const bin = (file: string) => path.join(checkout, "node_modules", file);
const pythonGenerator = "openapi-python-client==0.29.1";
const goGenerator = "github.com/oapi-codegen/oapi-codegen/v2/cmd/oapi-codegen@v2.8.2";
/** The first compilation of Go's generator takes a minute of a processor. */
const installTimeoutMs = 480_000;

const folder = mkdtempSync(path.join(os.tmpdir(), "posthorn-clients-"));
const document = path.join(folder, "openapi.json");
let posthorn: Posthorn;
let client: Record<string, string>;

beforeAll(async () => {
  const { env } = makeProducer();
  posthorn = await startPosthorn({ env });
  client = { BASE: posthorn.url, KEY: env.POSTHORN_BOOTSTRAP_API_KEY ?? "" };
  writeFileSync(document, await (await fetch(`${posthorn.url}/api/openapi.json`)).text());
});

afterAll(async () => {
  await posthorn?.stop();
  rmSync(folder, { recursive: true, force: true });
});

test("the linter finds no error and no warning in the OpenAPI document", async () => {
  const config = path.join(checkout, "e2e/clients/redocly.yaml");
  const lint = [bin("@redocly/cli/bin/cli.js"), "lint", document, "--config", config, "--format", "json"];
  const { code, output } = await run(process.execPath, lint, { env: { REDOCLY_TELEMETRY: "off" } });
  const report: { totals: unknown; problems: { ruleId: string; message: string }[] } = JSON.parse(output);
  expect(report.problems.map(({ ruleId, message }) => `${ruleId}: ${message}`)).toEqual([]);
  expect(report.totals).toMatchObject({ errors: 0, warnings: 0 });
  expect(code).toBe(0);
});

test("a strict TypeScript program with types made of the document publishes, and reads a 422", async () => {
  const cwd = copyProgram("typescript");
  writeFileSync(path.join(cwd, "package.json"), '{ "type": "module" }');
  await succeed(process.execPath, [bin("openapi-typescript/bin/cli.js"), document, "-o", "api.ts"], { cwd });
  const strict = ["--strict", "--noUncheckedIndexedAccess", "--exactOptionalPropertyTypes"];
  const target = [
    "--target",
    "es2023",
    "--module",
    "esnext",
    "--moduleResolution",
    "bundler",
    "--types",
    "node",
  ];
  const types = ["--typeRoots", bin("@types")];
  await succeed(process.execPath, [bin("typescript/bin/tsc"), ...strict, ...target, ...types, "publish.ts"], {
    cwd,
  });
  await expectPublished(await succeed(process.execPath, ["publish.js"], { cwd, env: client }));
});

test.skipIf(!works("python3", "-c", "import sys, venv; sys.exit(sys.version_info < (3, 10))"))(
  "a Python client made of the document publishes, and reads a 422",
  { timeout: installTimeoutMs },
  async (context) => {
    const cwd = copyProgram("python");
    await succeed("python3", ["-m", "venv", "venv"], { cwd });
    const python = (program: string) => path.join(cwd, "venv/bin", program);
    await installOrSkip(context, python("pip"), ["install", "--quiet", pythonGenerator], cwd);
    const generate = ["generate", "--path", document, "--meta", "none", "--output-path", "posthorn_client"];
    await succeed(python("openapi-python-client"), generate, { cwd });
    await expectPublished(await succeed(python("python"), ["publish.py"], { cwd, env: client }));
  },
);

test.skipIf(!works("go", "version"))(
  "a Go client made of the document publishes, and reads a 422",
  { timeout: installTimeoutMs },
  async (context) => {
    const cwd = copyProgram("go");
    mkdirSync(path.join(cwd, "api"));
    await installOrSkip(context, "go", ["install", goGenerator], cwd);
    const generate = ["-generate", "types,client", "-package", "api", "-o", "api/api.go", document];
    await succeed(path.join(cwd, "bin/oapi-codegen"), generate, { cwd });
    await installOrSkip(context, "go", ["mod", "tidy"], cwd);
    await expectPublished(await succeed("go", ["run", "."], { cwd, env: client }));
  },
);

/** What each of the programs in `e2e/clients` writes at its end. */
async function expectPublished(output: string): Promise<void> {
  const { published, ...refused }: { published: string } = JSON.parse(output);
  expect(refused).toEqual({ status: 422, code: "validation_failed", path: "type" });
  const headers = { authorization: `Bearer ${client.KEY}` };
  const event = await fetch(`${posthorn.url}/api/v1/events/${published}`, { headers });
  expect(await event.json()).toMatchObject({ id: published, type: "invoice.paid" });
}

function copyProgram(language: string): string {
  const cwd = path.join(folder, language);
  cpSync(path.join(checkout, "e2e/clients", language), cwd, { recursive: true });
  return cwd;
}

function works(program: string, ...args: string[]): boolean {
  return spawnSync(program, args, { stdio: "ignore" }).status === 0;
}

/** A machine may have a language and not reach its registry: the test says so, and is skipped. */
async function installOrSkip(context: TestContext, program: string, args: string[], cwd: string) {
  const { code, errors } = await run(program, args, { cwd, env: { GOBIN: path.join(cwd, "bin") } });
  if (code !== 0) context.skip(`${program} ${args.join(" ")}: ${errors.slice(-500)}`);
}

/** Runs a program that must end well, and gives what it wrote. */
async function succeed(program: string, args: string[], options: Options): Promise<string> {
  const { code, output, errors } = await run(program, args, options);
  expect(code, `${program} ${args.join(" ")}\n${output}\n${errors}`).toBe(0);
  return output;
}

type Options = { cwd?: string; env?: Record<string, string> };

function run(program: string, args: string[], { cwd, env }: Options) {
  const child = spawn(program, args, {
    cwd,
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  let errors = "";
  child.stdout.setEncoding("utf8").on("data", (chunk: string) => {
    output += chunk;
  });
  child.stderr.setEncoding("utf8").on("data", (chunk: string) => {
    errors += chunk;
  });
  return new Promise<{ code: number | null; output: string; errors: string }>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, output, errors }));
  });
}
