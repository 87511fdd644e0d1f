import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { parseEnv } from "node:util";
import { expect, test } from "vitest";
import { parse } from "yaml";

const checkout = path.join(import.meta.dirname, "..");
const read = (file: string) => readFileSync(path.join(checkout, file), "utf8");
const settings = Object.keys(parseEnv(read(".env.example")));

type Service = { environment?: Record<string, string>; volumes?: string[]; image?: string };
const compose: { services: Record<string, Service>; volumes: Record<string, null> } = parse(
  read("compose.yaml"),
  { merge: true },
);
const services = Object.entries(compose.services);

test("what compose.yaml and the systemd unit set for Posthorn are settings of Posthorn", () => {
  const ofCompose = services
    .filter(([name]) => name.startsWith("posthorn-"))
    .flatMap(([, { environment }]) => Object.keys(environment ?? {}));
  const unit = read("deploy/systemd/posthorn.service");
  const ofUnit = [...unit.matchAll(/^Environment=([A-Z_]+)=/gm)].map(([, name = ""]) => name);
  expect(ofCompose).toContain("POSTHORN_ENCRYPTION_KEY");
  expect(ofUnit).toEqual(["POSTHORN_DATA_DIR"]);
  expect([...ofCompose, ...ofUnit].filter((name) => !settings.includes(name))).toEqual([]);
});

test("the example of compose.yaml's variables holds all that it reads, and no other", () => {
  const readThere = [...read("compose.yaml").matchAll(/(?<!\$)\$\{([A-Z_]+)/g)].map(([, name = ""]) => name);
  const shown = Object.keys(parseEnv(read("deploy/compose/.env.example")));
  expect(shown.sort()).toEqual([...new Set(readThere)].sort());
});

test("the files and volumes that compose.yaml mounts are there, and every image has a version", () => {
  const mounts = services.flatMap(([, { volumes = [] }]) =>
    volumes.map((mount) => mount.split(":")[0] ?? ""),
  );
  const files = mounts.filter((mount) => mount.startsWith("./"));
  expect(files.length).toBeGreaterThan(5);
  expect(files.filter((file) => !existsSync(path.join(checkout, file)))).toEqual([]);
  const named = mounts.filter((mount) => /^[a-z]/.test(mount));
  expect(named.sort()).toEqual(Object.keys(compose.volumes).sort());
  const images = services.map(([, { image = "" }]) => image).filter((image) => image !== "posthorn");
  expect(images.filter((image) => !/:v?\d/.test(image))).toEqual([]);
});

test("Prometheus and the load balancer of compose.yaml know every process of it", () => {
  const processes = services.map(([name]) => name).filter((name) => name.startsWith("posthorn-"));
  const targets: { scrape_configs: { static_configs: { targets: string[] }[] }[] } = parse(
    read("deploy/compose/prometheus.yml"),
  );
  const wanted = processes.map((name) => `${name}:3000`);
  expect(targets.scrape_configs[0]?.static_configs[0]?.targets).toEqual(wanted);
  expect(read("deploy/compose/Caddyfile")).toContain(`reverse_proxy ${wanted.join(" ")} {`);
});

test("the image takes what is there, and no secrets; it runs as an account that is not root", () => {
  const dockerfile = read("Dockerfile");
  const sources = [...dockerfile.matchAll(/^COPY (?!--from)(.+) \S+$/gm)].flatMap(([, list = ""]) =>
    list.split(" "),
  );
  expect(sources.length).toBeGreaterThan(10);
  expect(sources.filter((source) => !existsSync(path.join(checkout, source)))).toEqual([]);
  const ignored = read(".dockerignore").split("\n");
  for (const name of [".env", ".env.*", ".data", ".git", "node_modules", ".next", "deploy"])
    expect(ignored).toContain(name);
  const runs = dockerfile.split(/^FROM /m).at(-1) ?? "";
  expect(runs).toMatch(/^USER [1-9]\d*:[1-9]\d*$/m);
  expect(runs).toContain(
    'HEALTHCHECK --interval=10s --timeout=6s --start-period=60s --retries=3 CMD ["node"',
  );
});

const hasSystemd = spawnSync("systemd-analyze", ["--version"]).status === 0;

test.runIf(hasSystemd)("systemd takes the unit", () => {
  const unit = path.join(checkout, "deploy/systemd/posthorn.service");
  const { stderr, status } = spawnSync("systemd-analyze", ["verify", unit], { encoding: "utf8" });
  expect({ stderr, status }).toEqual({ stderr: "", status: 0 });
});
