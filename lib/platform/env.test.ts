import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { readSettings } from "./env";

const own = {
  DATABASE_URL: "postgres://posthorn@localhost/posthorn",
  POSTHORN_ENCRYPTION_KEY: Buffer.alloc(32, 7).toString("base64"),
  POSTHORN_AUTH_SECRET: "x".repeat(32),
};

function dataDir(): string {
  const folder = mkdtempSync(path.join(tmpdir(), "posthorn-env-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

test("every mistake is named at once", () => {
  const wrong = {
    ...own,
    PORT: "abc",
    APP_URL: "posthorn",
    POSTHORN_RETRY_SCALE: "-1",
    POSTHORN_RETRY_SCAL: "1",
  };
  expect(() => readSettings(wrong)).toThrow(
    expect.objectContaining({
      message: expect.stringMatching(
        /PORT must be.*\n?APP_URL must be[\s\S]*POSTHORN_RETRY_SCALE[\s\S]*POSTHORN_RETRY_SCAL is not a setting/,
      ),
    }),
  );
});

test("with a database of one's own the secrets must be given", () => {
  expect(() => readSettings({ DATABASE_URL: own.DATABASE_URL })).toThrow(
    /POSTHORN_ENCRYPTION_KEY must be set[\s\S]*POSTHORN_AUTH_SECRET must be set/,
  );
});

test("a key of the wrong length is refused, with the way to make one", () => {
  expect(() => readSettings({ ...own, POSTHORN_ENCRYPTION_KEY: "c2hvcnQ=" })).toThrow(
    /32 bytes.*openssl rand/,
  );
});

test("half of a pair is refused", () => {
  expect(() => readSettings({ ...own, POSTHORN_BOOTSTRAP_EMAIL: "a@example.com" })).toThrow(
    /must be set together/,
  );
  expect(() => readSettings({ ...own, INNGEST_EVENT_KEY: "k" })).toThrow(
    /INNGEST_SIGNING_KEY must be set together/,
  );
});

test("what the first start makes without a browser is checked, and has defaults", () => {
  const owner = { POSTHORN_BOOTSTRAP_EMAIL: "a@example.com", POSTHORN_BOOTSTRAP_PASSWORD: "a long password" };
  const apiKey = `phk_${"k".repeat(32)}`;
  expect(readSettings({ ...own, ...owner }).bootstrap).toMatchObject({
    workspace: "Main",
    webhookLimit: 10,
    apiKey: null,
  });
  expect(
    readSettings({
      ...own,
      ...owner,
      POSTHORN_BOOTSTRAP_API_KEY: apiKey,
      POSTHORN_BOOTSTRAP_SCOPES: "events:write, endpoints:read",
      POSTHORN_BOOTSTRAP_WORKSPACE: "Acme",
      POSTHORN_BOOTSTRAP_WEBHOOK_LIMIT: "250",
    }).bootstrap,
  ).toMatchObject({
    workspace: "Acme",
    webhookLimit: 250,
    apiKey,
    scopes: ["events:write", "endpoints:read"],
  });
  const mistakes = (given: Record<string, string>) => {
    try {
      readSettings({ ...own, ...given });
      return "";
    } catch (error) {
      return String(error);
    }
  };
  expect(mistakes({ ...owner, POSTHORN_BOOTSTRAP_WEBHOOK_LIMIT: "0" })).toContain(
    "POSTHORN_BOOTSTRAP_WEBHOOK_LIMIT must be at least 1",
  );
  expect(mistakes({ ...owner, POSTHORN_BOOTSTRAP_SCOPES: "events:write,everything" })).toMatch(
    /POSTHORN_BOOTSTRAP_SCOPES must be a comma-separated list of events:write, .*; unknown: "everything"/,
  );
  expect(mistakes({ ...owner, POSTHORN_BOOTSTRAP_SCOPES: "events:write" })).toContain(
    "POSTHORN_BOOTSTRAP_SCOPES needs POSTHORN_BOOTSTRAP_API_KEY",
  );
  expect(mistakes({ POSTHORN_BOOTSTRAP_WORKSPACE: "Acme" })).toContain(
    "POSTHORN_BOOTSTRAP_WORKSPACE needs POSTHORN_BOOTSTRAP_EMAIL",
  );
});

test("secrets that are not given are made once, kept, and readable by the owner alone", () => {
  const POSTHORN_DATA_DIR = dataDir();
  const environment = {
    POSTHORN_DATA_DIR,
    POSTHORN_EMBEDDED_URL: "postgres://posthorn@localhost/posthorn",
    POSTHORN_PROCESS_ID: randomUUID(),
  };
  const first = readSettings(environment);
  expect(first.encryptionKeys[0]).toHaveLength(32);
  expect(readSettings(environment)).toEqual(first);
  if (process.platform !== "win32") {
    expect(statSync(path.join(POSTHORN_DATA_DIR, "secrets.json")).mode & 0o777).toBe(0o600);
  }
});

test("what a process that was killed while it made the secrets left behind is nothing to the next one", () => {
  const POSTHORN_DATA_DIR = dataDir();
  writeFileSync(path.join(POSTHORN_DATA_DIR, `secrets.json.${process.pid}`), '{ "encryptionKey": "');
  const environment = {
    POSTHORN_DATA_DIR,
    POSTHORN_EMBEDDED_URL: "postgres://posthorn@localhost/posthorn",
    POSTHORN_PROCESS_ID: randomUUID(),
  };
  const first = readSettings(environment);
  expect(first.encryptionKeys[0]).toHaveLength(32);
  expect(readSettings(environment)).toEqual(first);
});

test("damaged secrets are never replaced", () => {
  const POSTHORN_DATA_DIR = dataDir();
  writeFileSync(path.join(POSTHORN_DATA_DIR, "secrets.json"), "{");
  const environment = { POSTHORN_DATA_DIR, POSTHORN_EMBEDDED_URL: "postgres://posthorn@localhost/posthorn" };
  expect(() => readSettings(environment)).toThrow(/damaged/);
});

test("an empty variable counts as not set", () => {
  expect(readSettings({ ...own, APP_URL: "", PORT: "" })).toMatchObject({
    port: 3000,
    appUrl: "http://localhost:3000",
  });
});

test.each([
  ["https://posthorn.example.com/app"],
  ["https://posthorn.example.com?a=1"],
  ["https://posthorn.example.com/?"],
  ["https://posthorn.example.com/#top"],
  ["https://ann:secret@posthorn.example.com"],
])("APP_URL=%s is refused, with what would be right", (APP_URL) => {
  const refuse = () => readSettings({ ...own, APP_URL });
  expect(refuse).toThrow(
    /^APP_URL must only have a scheme, host and port.*: https:\/\/posthorn\.example\.com$/,
  );
  expect(refuse).not.toThrow(/secret/);
});

test("APP_URL may end with a slash", () => {
  const { appUrl } = readSettings({ ...own, APP_URL: "https://Posthorn.example.com:8443/" });
  expect(appUrl).toBe("https://posthorn.example.com:8443");
});

test.each([
  [undefined, false],
  ["localhost", false],
  ["127.0.0.2", false],
  ["[::1]", false],
  ["0.0.0.0", true],
  ["::", true],
  ["10.0.0.5", true],
  ["127.0.0.1.example.com", true],
])("with HOST=%s others can reach the setup: %s", (HOST, listensForOthers) => {
  expect(readSettings({ ...own, HOST })).toMatchObject({ listensForOthers });
});

test.each([
  [undefined, "http://localhost:3000", "loopback"],
  ["127.0.0.1", "http://localhost:3000", "loopback"],
  ["localhost", "http://localhost:3000", "loopback"],
  ["::1", "http://[::1]:3000", "loopback"],
  ["[::1]", "http://[::1]:3000", "loopback"],
  ["0.0.0.0", "http://localhost:3000", "none"],
  ["::", "http://localhost:3000", "none"],
  ["10.0.0.5", "http://10.0.0.5:3000", "none"],
  ["posthorn.internal", "http://posthorn.internal:3000", "none"],
])("with HOST=%s it is found at %s, and webhooks may lead to: %s", (HOST, appUrl, privateTargets) => {
  expect(readSettings({ ...own, HOST })).toMatchObject({ appUrl, privateTargets });
});

test.each([["127.0.0.1:3000"], ["http://127.0.0.1"], ["a b"]])("HOST=%s is refused", (HOST) => {
  expect(() => readSettings({ ...own, HOST })).toThrow(/^HOST must be the address to listen on/);
});

test("a process does everything unless it has a role", () => {
  expect(readSettings(own).role).toBe("all");
  expect(readSettings({ ...own, POSTHORN_ROLE: "web" }).role).toBe("web");
  expect(readSettings({ ...own, POSTHORN_ROLE: "worker" }).role).toBe("worker");
  expect(() => readSettings({ ...own, POSTHORN_ROLE: "sender" })).toThrow(
    "POSTHORN_ROLE must be web (answers requests), worker (delivers) or all",
  );
});

test.each(["web", "worker"])("the embedded database refuses a process whose role is %s", (POSTHORN_ROLE) => {
  expect(() =>
    readSettings({ POSTHORN_EMBEDDED_URL: "postgres://localhost/posthorn", POSTHORN_ROLE }),
  ).toThrow(/^POSTHORN_ROLE must be all without DATABASE_URL: /);
});

test("a worker has to say where an Inngest server calls the workers", () => {
  const inngest = { INNGEST_EVENT_KEY: "key", INNGEST_SIGNING_KEY: "00".repeat(32) };
  const worker = { ...own, ...inngest, POSTHORN_ROLE: "worker" };
  expect(() => readSettings(worker)).toThrow(/^INNGEST_SERVE_ORIGIN must be set if POSTHORN_ROLE is worker/);
  expect(readSettings({ ...worker, INNGEST_SERVE_ORIGIN: "http://workers:3000" }).role).toBe("worker");
  expect(readSettings({ ...own, ...inngest, POSTHORN_ROLE: "web" }).role).toBe("web");
});

test.each([
  [undefined, 49],
  ["10", 10],
])("with POSTHORN_DATABASE_CONNECTIONS=%s a process opens %s at most", (given, databaseConnections) => {
  expect(readSettings({ ...own, POSTHORN_DATABASE_CONNECTIONS: given })).toMatchObject({
    databaseConnections,
  });
});

test.each([["9"], ["many"], ["10.5"]])("POSTHORN_DATABASE_CONNECTIONS=%s is refused", (given) => {
  expect(() => readSettings({ ...own, POSTHORN_DATABASE_CONNECTIONS: given })).toThrow(
    /^POSTHORN_DATABASE_CONNECTIONS must be/,
  );
});

test.each([
  [undefined, undefined, "loopback"],
  [undefined, "http://localhost:3000", "loopback"],
  [undefined, "https://posthorn.localhost", "loopback"],
  [undefined, "http://127.0.0.1:3000", "loopback"],
  [undefined, "http://[::1]:3000", "loopback"],
  [undefined, "https://hooks.example.com", "none"],
  [undefined, "https://localhost.example.com", "none"],
  [undefined, "http://10.0.0.5:3000", "none"],
  ["0", undefined, "none"],
  ["0", "http://localhost:3000", "none"],
  ["1", undefined, "all"],
  ["1", "https://hooks.example.com", "all"],
])("POSTHORN_ALLOW_PRIVATE_TARGETS=%s with APP_URL=%s lets through: %s", (allow, appUrl, privateTargets) => {
  const environment = { ...own, POSTHORN_ALLOW_PRIVATE_TARGETS: allow, APP_URL: appUrl };
  expect(readSettings(environment)).toMatchObject({ privateTargets });
});

test("a word in place of 0 or 1 does not open the guard", () => {
  for (const allow of ["true", "yes", "01", " 1"]) {
    expect(() => readSettings({ ...own, POSTHORN_ALLOW_PRIVATE_TARGETS: allow })).toThrow(
      /POSTHORN_ALLOW_PRIVATE_TARGETS must be 1 .* or 0/,
    );
  }
});

test("emails are kept unless there is an SMTP server, which needs a sender", () => {
  expect(readSettings(own).smtp).toBeNull();
  expect(readSettings({ ...own, EMAIL_FROM: "posthorn@example.com" }).smtp).toBeNull();
  expect(() => readSettings({ ...own, SMTP_URL: "smtp://smtp.example.com" })).toThrow(
    /EMAIL_FROM must be set if SMTP_URL is/,
  );
  const smtp = { SMTP_URL: "smtps://me:p%40ss@smtp.example.com", EMAIL_FROM: "Posthorn <hooks@example.com>" };
  expect(readSettings({ ...own, ...smtp }).smtp).toEqual({
    url: smtp.SMTP_URL,
    from: { name: "Posthorn", address: "hooks@example.com" },
  });
});

test.each(["smtp.example.com", "https://smtp.example.com", "smtp://", "direct:", "smtp:secret-word"])(
  "SMTP_URL=%s is refused, without repeating what may hold a password",
  (SMTP_URL) => {
    const environment = { ...own, SMTP_URL, EMAIL_FROM: "hooks@example.com" };
    expect(() => readSettings(environment)).toThrow(
      /^SMTP_URL must be like smtp:\/\/user:password@(?![\s\S]*secret-word)/,
    );
  },
);

test.each(["Posthorn", "a@b", "A <a@example.com>, b@example.com", "A\r\nBcc: b@example.com <a@example.com>"])(
  "EMAIL_FROM=%j is refused",
  (EMAIL_FROM) => {
    expect(() => readSettings({ ...own, EMAIL_FROM })).toThrow(/EMAIL_FROM must be like Posthorn </);
  },
);
