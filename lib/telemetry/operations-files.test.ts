import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { beforeAll, expect, onTestFinished, test } from "vitest";
import { applySettings } from "../testing/apply-settings";
import { parseMetrics } from "../testing/parse-metrics";
import { metrics, startMetrics, stopMetrics } from "./metrics";

const folder = path.join(import.meta.dirname, "../../docs/operations");
const read = (name: string) => readFileSync(path.join(folder, name), "utf8");
const dashboard = read("grafana-dashboard.json");
const rules = read("prometheus-alerts.yml");

/** Of Debian's package `prometheus`. */
const promtool = spawnSync("promtool", ["--version"]).status === 0;

/** Every name that a query may use: those of histograms with their suffixes. */
let told: Set<string>;
let scraped: string;
beforeAll(async () => {
  applySettings({ POSTHORN_METRICS_TOKEN: "metrics-token-of-a-test" });
  await startMetrics("main");
  metrics()?.database.set(null);
  scraped = (await metrics()?.collect())?.text ?? "";
  stopMetrics();
  const suffixes = { histogram: ["_bucket", "_sum", "_count"], counter: [""], gauge: [""] };
  told = new Set(
    [...parseMetrics(scraped)].flatMap(([name, { type }]) =>
      Object.entries(suffixes).flatMap(([of, ends]) => (of === type ? ends.map((end) => name + end) : [])),
    ),
  );
});

const namesIn = (text: string) => [...new Set(text.match(/\b(posthorn|process|nodejs)_[a-z_]+\b/g))];
const queries = () =>
  [...dashboard.matchAll(/"expr": ("(?:[^"\\]|\\.)*")/g)].map(([, text = ""]) => JSON.parse(text));

test.each([
  ["prometheus-alerts.yml", () => rules],
  ["grafana-dashboard.json", () => queries().join("\n")],
])("every metric that %s names is told", (_, text) => {
  const names = namesIn(text());
  expect(names.length).toBeGreaterThan(10);
  expect(names.filter((name) => !told.has(name))).toEqual([]);
});

test("every metric of ours is explained in monitoring.md, and no other", () => {
  const explained = namesIn(read("monitoring.md")).filter((name) => name.startsWith("posthorn_"));
  const ours = [...parseMetrics(scraped).keys()].filter((name) => name.startsWith("posthorn_"));
  expect(explained.sort()).toEqual(ours.sort());
});

test.skipIf(!promtool)("promtool takes the alerts, every query of the dashboard, and what is scraped", () => {
  const draft = mkdtempSync(path.join(os.tmpdir(), "posthorn-rules-"));
  onTestFinished(() => rmSync(draft, { recursive: true }));
  const asRules = queries().map((expr: string, at) => ({
    record: `dashboard:query:${at}`,
    expr: expr.replaceAll("$__rate_interval", "5m").replaceAll("$instance", ".*"),
  }));
  const file = path.join(draft, "dashboard.json");
  // JSON is YAML.
  writeFileSync(file, JSON.stringify({ groups: [{ name: "dashboard", rules: asRules }] }));
  for (const rulesFile of [path.join(folder, "prometheus-alerts.yml"), file]) {
    const checked = spawnSync("promtool", ["check", "rules", rulesFile], { encoding: "utf8" });
    expect(checked.stderr + checked.stdout).toMatch(/SUCCESS: \d+ rules found/);
    expect(checked.status).toBe(0);
  }
  const linted = spawnSync("promtool", ["check", "metrics"], { input: scraped, encoding: "utf8" });
  expect([linted.status, linted.stderr]).toEqual([0, ""]);
});
