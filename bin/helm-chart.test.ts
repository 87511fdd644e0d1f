import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";
import { parseEnv } from "node:util";
import { describe, expect, test } from "vitest";
import { parse, parseAllDocuments } from "yaml";
import packageJson from "../package.json" with { type: "json" };

const checkout = path.join(import.meta.dirname, "..");
const chart = path.join(checkout, "deploy/helm/posthorn");
const read = (file: string) => readFileSync(path.join(chart, file), "utf8");
const settings = Object.keys(parseEnv(readFileSync(path.join(checkout, ".env.example"), "utf8")));

test("the chart is of this version, and what it sets are settings", () => {
  expect(parse(read("Chart.yaml")).appVersion).toBe(packageJson.version);
  const names = Object.keys(parse(read("values.yaml")).settings);
  expect(names).toContain("POSTHORN_STOP_DELAY_SECONDS");
  expect(names.filter((name) => !settings.includes(name))).toEqual([]);
});

const hasHelm = spawnSync("helm", ["version"]).status === 0;

/** What Helm makes of the chart, or what it says. */
function helm(command: "lint" | "template", values: Record<string, string>) {
  const set = Object.entries(values).flatMap(([name, value]) => ["--set", `${name}=${value}`]);
  const args = command === "lint" ? ["lint", "--strict", chart] : ["template", "posthorn", chart];
  const { status, stdout, stderr } = spawnSync("helm", [...args, ...set], { encoding: "utf8" });
  return { status, stdout, stderr };
}

type Manifest = {
  kind: string;
  metadata: { name: string };
  spec: {
    replicas?: number;
    selector?: Record<string, string>;
    template?: { spec: { enableServiceLinks: boolean; containers: { env: Variable[] }[] } };
  };
};
type Variable = { name: string; value: string };

function render(values: Record<string, string>): Manifest[] {
  const { stdout, stderr } = helm("template", values);
  expect(stderr).toBe("");
  return parseAllDocuments(stdout).map((document) => document.toJS());
}

const own = { appUrl: "https://hooks.example.com", existingSecret: "mine" };

describe.runIf(hasHelm)("by helm", () => {
  test("the chart passes its lint", () => {
    expect(helm("lint", own)).toMatchObject({ status: 0 });
  });

  test("it makes one kind of process, or web and workers, with settings of Posthorn alone", () => {
    const deployments = (values: Record<string, string>) =>
      render(values).flatMap(({ kind, spec }) => {
        if (kind !== "Deployment") return [];
        const env = spec.template?.spec.containers[0]?.env ?? [];
        expect(env.map(({ name }) => name).filter((name) => !settings.includes(name))).toEqual([]);
        // A Service named posthorn would set POSTHORN_PORT, which is no setting, and nothing would start.
        expect(spec.template?.spec.enableServiceLinks).toBe(false);
        return { replicas: spec.replicas, role: env.find(({ name }) => name === "POSTHORN_ROLE")?.value };
      });
    expect(deployments(own)).toEqual([{ replicas: 2, role: "all" }]);
    expect(deployments({ ...own, "workers.replicas": "3" })).toEqual([
      { replicas: 2, role: "web" },
      { replicas: 3, role: "worker" },
    ]);
  });

  test("secrets are the user's own, or all that are needed", () => {
    const kinds = (values: Record<string, string>) => render(values).map(({ kind }) => kind);
    expect(kinds(own)).not.toContain("Secret");
    const secrets = {
      appUrl: own.appUrl,
      "secrets.DATABASE_URL": "postgres://db/posthorn",
      "secrets.POSTHORN_ENCRYPTION_KEY": "k",
    };
    expect(helm("template", secrets).stderr).toContain("Set existingSecret, or secrets.POSTHORN_AUTH_SECRET");
    expect(kinds({ ...secrets, "secrets.POSTHORN_AUTH_SECRET": "s" })).toContain("Secret");
    expect(helm("template", { ...own, appUrl: "hooks.example.com" }).stderr).toContain("/appUrl");
  });
});
