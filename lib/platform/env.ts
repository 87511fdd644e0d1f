import { randomBytes, randomUUID } from "node:crypto";
import { existsSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import net from "node:net";
import path from "node:path";
import { z } from "zod";
import { workspaceName } from "../contract/workspaces";
import { type ApiKeyScope, apiKeyScopes } from "../core/api-keys";
import type { PrivateTargets } from "../core/delivery-limits";
import { isLoopbackHost } from "../core/loopback-host";
import { endpointLimitDefault, endpointLimitMax } from "../core/workspaces";
import { type Sender, sender, smtpUrl } from "./mail-settings";
import { bareHost, isForOthers, ownUrl } from "./own-url.mjs";
import { parseDatabaseUrl } from "./parse-database-url";
import { decodeKey } from "./sealing.mjs";

const httpUrl = z
  .string()
  .refine(
    (text) => URL.canParse(text) && /^https?:$/.test(new URL(text).protocol),
    "must be a URL like https://posthorn.example.com",
  );

/** Scheme, host and port only: paths are Posthorn's own, and links and cookies are made from the origin. */
const origin = httpUrl.transform((text, context) => {
  const { origin, username, password, pathname } = new URL(text);
  if (username || password || pathname !== "/" || /[?#]/.test(text)) {
    context.addIssue({
      code: "custom",
      message: `must only have a scheme, host and port, without user, path, query or fragment: ${origin}`,
    });
  }
  return origin;
});

/** Secrets are sent there, so it must be encrypted, except on this machine. */
const issuerUrl = httpUrl.refine((text) => {
  const { protocol, hostname, search, hash } = new URL(text);
  return (protocol === "https:" || isLoopbackHost(hostname)) && search === "" && hash === "";
}, "must be the issuer's https URL, like https://login.example.com/realms/main, without query or fragment");

const databaseUrl = z.string().superRefine((text, context) => {
  for (const message of parseDatabaseUrl(text).mistakes) context.addIssue({ code: "custom", message });
});

/** 32 bytes as base64 or hex. In a comma-separated list, the current key comes first and older ones follow. */
const encryptionKeys = z.string().transform((text, context) => {
  const keys = text.split(",").map((part) => decodeKey(part.trim()));
  if (keys.some((key) => key === null)) {
    context.addIssue({
      code: "custom",
      message: "must be 32 bytes as base64 or hex (try: openssl rand -base64 32)",
    });
    return z.NEVER;
  }
  return keys.filter((key) => key !== null);
});

/** A comma-separated list of an API key's scopes. */
const keyScopes = z.string().transform((text, context) => {
  const names = text.split(",").map((name) => name.trim());
  const scopes = apiKeyScopes.filter((scope) => names.includes(scope));
  const unknown = names.filter((name) => !apiKeyScopes.some((scope) => scope === name));
  if (unknown.length > 0) {
    context.addIssue({
      code: "custom",
      message: `must be a comma-separated list of ${apiKeyScopes.join(", ")}; unknown: ${unknown.map((name) => `"${name}"`).join(", ")}`,
    });
  }
  return scopes;
});

/** A process's role: `web` answers requests, `worker` delivers and runs the functions, `all` does both. */
const roles = ["all", "web", "worker"] as const;
export type Role = (typeof roles)[number];

/**
 * Two for each thread that answers requests, and one more to check whether the database answers; two for the thread
 * that delivers, and one for its engine; and one that listens.
 */
const databaseConnectionsMin = 10;

/** The standard ones, except those that need a server of their own. */
const traceSamplers = [
  "always_on",
  "always_off",
  "traceidratio",
  "parentbased_always_on",
  "parentbased_always_off",
  "parentbased_traceidratio",
] as const;

const schema = z.object({
  DATABASE_URL: databaseUrl.optional(),
  POSTHORN_EMBEDDED_URL: z.string().optional(),
  POSTHORN_DATA_DIR: z.string().optional(),
  POSTHORN_PROCESS_ID: z.uuid().optional(),
  POSTHORN_ROLE: z
    .enum(roles, "must be web (answers requests), worker (delivers) or all (both, the default)")
    .default("all"),
  PORT: z.coerce
    .number("must be a port number from 1 to 65535")
    .int("must be a whole number")
    .min(1, "must be from 1 to 65535")
    .max(65_535, "must be from 1 to 65535")
    .default(3000),
  HOST: z
    .string()
    .refine(
      (text) => net.isIP(bareHost(text)) > 0 || /^[a-z0-9._-]+$/i.test(text),
      "must be the address to listen on, like 127.0.0.1, 0.0.0.0 or ::, without a port",
    )
    .optional(),
  APP_URL: origin.optional(),
  POSTHORN_DATABASE_CONNECTIONS: z.coerce
    .number("must be a number")
    .int("must be a whole number")
    .min(databaseConnectionsMin, `must be at least ${databaseConnectionsMin}`)
    .max(1_000, "must be at most 1000")
    .default(49),
  POSTHORN_CONCURRENCY: z.coerce
    .number("must be a number")
    .int("must be a whole number")
    .min(1, "must be from 1 to 4096")
    .max(4_096, "must be from 1 to 4096")
    .default(256),
  POSTHORN_ENCRYPTION_KEY: encryptionKeys.optional(),
  POSTHORN_AUTH_SECRET: z
    .string()
    .min(32, "must be at least 32 characters (try: openssl rand -base64 32)")
    .optional(),
  POSTHORN_BOOTSTRAP_EMAIL: z.email("must be an email address").optional(),
  // Checked when it is used, at first start: a password that was long enough for an earlier version stops no update.
  POSTHORN_BOOTSTRAP_PASSWORD: z.string().optional(),
  POSTHORN_BOOTSTRAP_API_KEY: z
    .string()
    .regex(/^phk_[A-Za-z0-9_-]{32,}$/, "must be phk_ followed by at least 32 letters, digits, _ or -")
    .optional(),
  POSTHORN_BOOTSTRAP_SCOPES: keyScopes.optional(),
  POSTHORN_BOOTSTRAP_WORKSPACE: workspaceName.optional(),
  POSTHORN_BOOTSTRAP_WEBHOOK_LIMIT: z.coerce
    .number("must be a whole number")
    .int("must be a whole number")
    .min(1, "must be at least 1")
    .max(endpointLimitMax, `must be at most ${endpointLimitMax}`)
    .optional(),
  POSTHORN_AUDIT_DAYS: z.coerce
    .number("must be a number of days")
    .int("must be a whole number of days")
    .min(1, "must be at least 1")
    .max(36_500, "must be at most 36500")
    .default(400),
  POSTHORN_RETRY_SCALE: z.coerce
    .number("must be a number")
    .positive("must be more than 0")
    .max(1, "must be at most 1")
    .default(1),
  POSTHORN_ALLOW_PRIVATE_TARGETS: z
    .enum(["0", "1"], "must be 1 (any address) or 0 (public https addresses only)")
    .optional(),
  POSTHORN_BACKLOG_SECONDS_MAX: z.coerce
    .number("must be a number of seconds")
    .min(1, "must be at least 1")
    .max(604_800, "must be at most 604800, which is a week")
    .optional(),
  POSTHORN_MEMORY_MAX_MB: z.coerce
    .number("must be a number of megabytes")
    .int("must be a whole number of megabytes")
    .min(300, "must be at least 300")
    .optional(),
  POSTHORN_STOP_DELAY_SECONDS: z.coerce
    .number("must be a number of seconds")
    .min(0, "must be from 0 to 60")
    .max(60, "must be from 0 to 60")
    .default(3),
  POSTHORN_METRICS_TOKEN: z
    .string()
    .regex(/^[\x21-\x7e]{16,}$/, "must be at least 16 characters, without spaces (try: openssl rand -hex 16)")
    .optional(),
  POSTHORN_LOG_LEVEL: z
    .enum(["debug", "info", "warn", "error", "silent"], "must be one of debug, info, warn, error, silent")
    .default("info"),
  OTEL_EXPORTER_OTLP_ENDPOINT: httpUrl.optional(),
  OTEL_EXPORTER_OTLP_PROTOCOL: z
    .literal(
      "http/json",
      "must be http/json, the only protocol that Posthorn sends spans with; it uses the same port as http/protobuf",
    )
    .optional(),
  OTEL_TRACES_SAMPLER: z.enum(traceSamplers, `must be one of ${traceSamplers.join(", ")}`).optional(),
  OTEL_TRACES_SAMPLER_ARG: z.coerce
    .number("must be a number")
    .min(0, "must be from 0 to 1")
    .max(1, "must be from 0 to 1")
    .optional(),
  SMTP_URL: smtpUrl.optional(),
  EMAIL_FROM: sender.optional(),
  GITHUB_CLIENT_ID: z.string().optional(),
  GITHUB_CLIENT_SECRET: z.string().optional(),
  GITHUB_URL: origin.optional(),
  GOOGLE_CLIENT_ID: z.string().optional(),
  GOOGLE_CLIENT_SECRET: z.string().optional(),
  OIDC_ISSUER: issuerUrl.optional(),
  OIDC_CLIENT_ID: z.string().optional(),
  OIDC_CLIENT_SECRET: z.string().optional(),
  OIDC_NAME: z
    .string()
    .trim()
    .min(1, "must not be empty")
    .max(40, "must be at most 40 characters")
    .optional(),
  INNGEST_BASE_URL: httpUrl.optional(),
  INNGEST_EVENT_KEY: z.string().optional(),
  INNGEST_SIGNING_KEY: z.string().optional(),
  INNGEST_DEV: z.string().optional(),
  INNGEST_SERVE_ORIGIN: origin.optional(),
});

/** Set by the launcher and the test runner; not settings for users. */
const internalNames = ["POSTHORN_CHROMIUM"];

/** How Posthorn is registered with a provider that people sign in with. */
export type ProviderSettings = { clientId: string; clientSecret: string };

/** What is created at the first start, without a browser. */
export type BootstrapSettings = {
  email: string;
  password: string;
  /** The workspace's name. */
  workspace: string;
  /** The most webhooks that it may have. */
  webhookLimit: number;
  apiKey: string | null;
  /** The key's scopes. */
  scopes: readonly ApiKeyScope[];
};

export type Settings = {
  databaseUrl: string;
  databaseIsEmbedded: boolean;
  /** The embedded database's address; `null` with your own database. */
  dataDir: string | null;
  role: Role;
  /**
   * Identifies this process to others at its database. The launcher sets it, so that an app that it restarts keeps
   * it.
   */
  processId: string;
  /** The most connections that the process opens. */
  databaseConnections: number;
  /** The most concurrent requests to webhooks from this process. */
  concurrency: number;
  /** Current key first. */
  encryptionKeys: Buffer[];
  /** The file that contains the current key, if it is not set in the environment. */
  secretsFile: string | null;
  authSecret: string;
  port: number;
  /** Origin at which people reach the dashboard. */
  appUrl: string;
  /** Whether `APP_URL` sets it. */
  hasAppUrl: boolean;
  /** How many days the audit log is kept. */
  auditDays: number;
  /** What it listens on, if `HOST` is set. */
  host: string | null;
  /** Whether other machines can reach it there. */
  listensForOthers: boolean;
  retryScale: number;
  /** The URLs that webhooks may have, besides public https addresses. */
  privateTargets: PrivateTargets;
  /** Events are refused while deliveries that nothing holds back have been due for longer; `null`: never for that. */
  backlogSecondsMax: number | null;
  /** Events are refused while the process uses more memory; `null`: never for that. */
  memoryMaxMb: number | null;
  /** How long a process that was asked to stop goes on as before, while health says `stopping`. */
  stopDelaySeconds: number;
  logLevel: string;
  /** The token that `/api/metrics` requires; `null`: there are no metrics. */
  metricsToken: string | null;
  /** Whether spans are created and exported; OpenTelemetry's SDK reads how from the environment. */
  traces: boolean;
  /** Which traces are kept, if `OTEL_TRACES_SAMPLER` is set: the SDK reads it. */
  tracesSampler: string | null;
  bootstrap: BootstrapSettings | null;
  /** `null`: emails are kept and shown in the dashboard. */
  smtp: { url: string; from: Sender } | null;
  /** Providers that people can sign in with, if they are set. */
  signIn: {
    /** `url`: GitHub's, or that of an Enterprise Server. */
    github: (ProviderSettings & { url: string }) | null;
    google: ProviderSettings | null;
    /** `name`: shown on the button. */
    oidc: (ProviderSettings & { issuer: string; name: string }) | null;
  };
  /** `null`: the embedded engine runs the functions. */
  inngest: {
    baseUrl?: string;
    eventKey: string;
    signingKey: string;
    dev: boolean;
    serveOrigin?: string;
  } | null;
};

/** Mistakes in the settings; the message lists all of them, one per line. */
export class SettingsError extends Error {
  override readonly name = "SettingsError";
}

const holder = globalThis as { posthornSettings?: Settings };

/** The process's settings, read and checked once. Throws `SettingsError` naming every mistake. */
export function settings(): Settings {
  if (!holder.posthornSettings) {
    holder.posthornSettings = readSettings(process.env);
    // NextAuth reads it only from there.
    process.env.NEXTAUTH_URL = holder.posthornSettings.appUrl;
  }
  return holder.posthornSettings;
}

/**
 * Checks an environment. Secrets that are not set are generated once and kept, mode 0600, in the data folder. With
 * your own database they must be set, or two processes would generate two different ones.
 */
export function readSettings(environment: Record<string, string | undefined>): Settings {
  const given = Object.fromEntries(
    Object.entries(environment).filter(([, value]) => value !== undefined && value !== ""),
  );
  const parsed = schema.safeParse(given);
  const mistakes = parsed.success
    ? []
    : parsed.error.issues.map((issue) => `${String(issue.path[0])} ${issue.message}`);
  for (const name of Object.keys(given)) {
    if (name.startsWith("POSTHORN_") && !(name in schema.shape) && !internalNames.includes(name)) {
      mistakes.push(`${name} is not a setting of Posthorn; README.md lists them`);
    }
  }
  if (parsed.success) mistakes.push(...contradictions(parsed.data));
  if (!parsed.success || mistakes.length > 0) throw new SettingsError(mistakes.join("\n"));

  const env = parsed.data;
  const dataDir = env.DATABASE_URL ? null : (env.POSTHORN_DATA_DIR ?? ".data");
  const secrets = dataDir === null ? null : keptSecrets(dataDir);
  const databaseUrl = env.DATABASE_URL ?? env.POSTHORN_EMBEDDED_URL ?? "";
  const keys = env.POSTHORN_ENCRYPTION_KEY ?? (secrets ? keysOf(secrets) : []);
  return {
    databaseUrl,
    databaseIsEmbedded: dataDir !== null,
    dataDir,
    role: env.POSTHORN_ROLE,
    processId: env.POSTHORN_PROCESS_ID ?? randomUUID(),
    databaseConnections: env.POSTHORN_DATABASE_CONNECTIONS,
    concurrency: env.POSTHORN_CONCURRENCY,
    encryptionKeys: keys,
    secretsFile: env.POSTHORN_ENCRYPTION_KEY || dataDir === null ? null : secretsFileIn(dataDir),
    authSecret: env.POSTHORN_AUTH_SECRET ?? secrets?.authSecret ?? "",
    port: env.PORT,
    appUrl: env.APP_URL ?? ownUrl({ host: env.HOST, port: env.PORT }),
    hasAppUrl: env.APP_URL !== undefined,
    auditDays: env.POSTHORN_AUDIT_DAYS,
    host: env.HOST ?? null,
    listensForOthers: isForOthers(env.HOST),
    retryScale: env.POSTHORN_RETRY_SCALE,
    privateTargets: privateTargetsOf(env),
    backlogSecondsMax: env.POSTHORN_BACKLOG_SECONDS_MAX ?? null,
    memoryMaxMb: env.POSTHORN_MEMORY_MAX_MB ?? null,
    stopDelaySeconds: env.POSTHORN_STOP_DELAY_SECONDS,
    logLevel: env.POSTHORN_LOG_LEVEL,
    traces: env.OTEL_EXPORTER_OTLP_ENDPOINT !== undefined,
    tracesSampler: env.OTEL_TRACES_SAMPLER ?? null,
    metricsToken: env.POSTHORN_METRICS_TOKEN ?? null,
    bootstrap:
      env.POSTHORN_BOOTSTRAP_EMAIL && env.POSTHORN_BOOTSTRAP_PASSWORD
        ? {
            email: env.POSTHORN_BOOTSTRAP_EMAIL,
            password: env.POSTHORN_BOOTSTRAP_PASSWORD,
            workspace: env.POSTHORN_BOOTSTRAP_WORKSPACE ?? "Main",
            webhookLimit: env.POSTHORN_BOOTSTRAP_WEBHOOK_LIMIT ?? endpointLimitDefault,
            apiKey: env.POSTHORN_BOOTSTRAP_API_KEY ?? null,
            scopes: env.POSTHORN_BOOTSTRAP_SCOPES ?? apiKeyScopes,
          }
        : null,
    signIn: signInSettings(env),
    smtp: env.SMTP_URL && env.EMAIL_FROM ? { url: env.SMTP_URL, from: env.EMAIL_FROM } : null,
    inngest:
      env.INNGEST_EVENT_KEY && env.INNGEST_SIGNING_KEY
        ? {
            baseUrl: env.INNGEST_BASE_URL,
            eventKey: env.INNGEST_EVENT_KEY,
            signingKey: env.INNGEST_SIGNING_KEY,
            dev: env.INNGEST_DEV === "1",
            serveOrigin: env.INNGEST_SERVE_ORIGIN,
          }
        : null,
  };
}

function signInSettings(env: z.output<typeof schema>): Settings["signIn"] {
  const known = (clientId: string | undefined, clientSecret: string | undefined) =>
    clientId && clientSecret ? { clientId, clientSecret } : null;
  const github = known(env.GITHUB_CLIENT_ID, env.GITHUB_CLIENT_SECRET);
  const oidc = known(env.OIDC_CLIENT_ID, env.OIDC_CLIENT_SECRET);
  const issuer = env.OIDC_ISSUER;
  return {
    github: github && { ...github, url: env.GITHUB_URL ?? "https://github.com" },
    google: known(env.GOOGLE_CLIENT_ID, env.GOOGLE_CLIENT_SECRET),
    oidc: oidc && issuer ? { ...oidc, issuer, name: env.OIDC_NAME ?? new URL(issuer).hostname } : null,
  };
}

/**
 * If unset, this machine is a target only if no other machine can reach this instance and, through it, this machine.
 */
function privateTargetsOf(env: z.output<typeof schema>): PrivateTargets {
  if (env.POSTHORN_ALLOW_PRIVATE_TARGETS === "1") return "all";
  if (env.POSTHORN_ALLOW_PRIVATE_TARGETS === "0") return "none";
  if (isForOthers(env.HOST)) return "none";
  return !env.APP_URL || isLoopbackHost(new URL(env.APP_URL).hostname) ? "loopback" : "none";
}

/** Settings that must be set together or not at all. */
const togetherSettings = [
  ["GITHUB_CLIENT_ID", "GITHUB_CLIENT_SECRET"],
  ["GOOGLE_CLIENT_ID", "GOOGLE_CLIENT_SECRET"],
  ["OIDC_ISSUER", "OIDC_CLIENT_ID", "OIDC_CLIENT_SECRET"],
] as const;

const bootstrapDetails = [
  "POSTHORN_BOOTSTRAP_API_KEY",
  "POSTHORN_BOOTSTRAP_SCOPES",
  "POSTHORN_BOOTSTRAP_WORKSPACE",
  "POSTHORN_BOOTSTRAP_WEBHOOK_LIMIT",
] as const;

function contradictions(env: z.output<typeof schema>): string[] {
  const mistakes: string[] = [];
  if (!env.DATABASE_URL && !env.POSTHORN_EMBEDDED_URL) {
    mistakes.push(
      "DATABASE_URL is missing: start with `npm run up`, which includes a database, or set DATABASE_URL",
    );
  }
  if (env.DATABASE_URL) {
    for (const name of ["POSTHORN_ENCRYPTION_KEY", "POSTHORN_AUTH_SECRET"] as const) {
      if (!env[name])
        mistakes.push(`${name} must be set if DATABASE_URL is set (try: openssl rand -base64 32)`);
    }
  }
  const bootstrap = [env.POSTHORN_BOOTSTRAP_EMAIL, env.POSTHORN_BOOTSTRAP_PASSWORD];
  if (bootstrap.some(Boolean) && !bootstrap.every(Boolean)) {
    mistakes.push("POSTHORN_BOOTSTRAP_EMAIL and POSTHORN_BOOTSTRAP_PASSWORD must be set together");
  }
  for (const name of bootstrapDetails) {
    if (env[name] !== undefined && !env.POSTHORN_BOOTSTRAP_EMAIL)
      mistakes.push(`${name} needs POSTHORN_BOOTSTRAP_EMAIL and POSTHORN_BOOTSTRAP_PASSWORD`);
  }
  if (env.POSTHORN_BOOTSTRAP_SCOPES && !env.POSTHORN_BOOTSTRAP_API_KEY) {
    mistakes.push("POSTHORN_BOOTSTRAP_SCOPES needs POSTHORN_BOOTSTRAP_API_KEY, the key it applies to");
  }
  if (env.OTEL_TRACES_SAMPLER?.endsWith("ratio") && env.OTEL_TRACES_SAMPLER_ARG === undefined) {
    mistakes.push(
      `OTEL_TRACES_SAMPLER_ARG must be set if OTEL_TRACES_SAMPLER is ${env.OTEL_TRACES_SAMPLER}: the share of traces to keep, like 0.01`,
    );
  }
  if (env.SMTP_URL && !env.EMAIL_FROM) {
    mistakes.push(
      "EMAIL_FROM must be set if SMTP_URL is set: the sender of emails, like Posthorn <posthorn@example.com>",
    );
  }
  for (const names of togetherSettings) {
    const missing = names.filter((name) => !env[name]);
    if (missing.length > 0 && missing.length < names.length) {
      mistakes.push(
        `${missing.join(" and ")} must be set too: ${names.join(", ")} are only used together, to sign in with`,
      );
    }
  }
  if (env.GITHUB_URL && !env.GITHUB_CLIENT_ID) mistakes.push("GITHUB_URL needs GITHUB_CLIENT_ID");
  if (env.OIDC_NAME && !env.OIDC_ISSUER) mistakes.push("OIDC_NAME needs OIDC_ISSUER");
  const inngest = [env.INNGEST_BASE_URL, env.INNGEST_EVENT_KEY, env.INNGEST_SIGNING_KEY];
  if (inngest.some(Boolean) && !(env.INNGEST_EVENT_KEY && env.INNGEST_SIGNING_KEY)) {
    mistakes.push("INNGEST_EVENT_KEY and INNGEST_SIGNING_KEY must be set together");
  }
  if (env.POSTHORN_ROLE !== "all" && !env.DATABASE_URL) {
    mistakes.push(
      `POSTHORN_ROLE must be all without DATABASE_URL: only one process can use the embedded database, so nothing would do what a ${env.POSTHORN_ROLE} process does not`,
    );
  }
  if (env.POSTHORN_ROLE === "worker" && env.INNGEST_EVENT_KEY && !env.INNGEST_SERVE_ORIGIN) {
    mistakes.push(
      "INNGEST_SERVE_ORIGIN must be set if POSTHORN_ROLE is worker: it is where Inngest calls the workers, instead of APP_URL",
    );
  }
  return mistakes;
}

const keptSecretsSchema = z.object({
  encryptionKey: z.string(),
  /** While `rotate-key` runs: the keys that still decrypt something. */
  formerKeys: z.array(z.string()).default([]),
  authSecret: z.string(),
});

const secretsFileIn = (dataDir: string) => path.resolve(dataDir, "secrets.json");

const keysOf = ({ encryptionKey, formerKeys }: z.infer<typeof keptSecretsSchema>): Buffer[] =>
  [encryptionKey, ...formerKeys].map((text) => Buffer.from(text, "base64"));

function keptSecrets(dataDir: string): z.infer<typeof keptSecretsSchema> {
  const file = secretsFileIn(dataDir);
  if (!existsSync(file)) makeSecrets(file);
  const kept = keptSecretsSchema.safeParse(parseJson(readFileSync(file, "utf8")));
  if (!kept.success)
    throw new SettingsError(
      `${file} is damaged: restore it from a backup. It holds the key to the database's secrets`,
    );
  return kept.data;
}

/** The file is complete before it gets its name: a process that is killed midway leaves no damaged file. */
function makeSecrets(file: string): void {
  const fresh = {
    encryptionKey: randomBytes(32).toString("base64"),
    authSecret: randomBytes(32).toString("base64"),
  };
  const draft = `${file}.${process.pid}`;
  mkdirSync(path.dirname(file), { recursive: true });
  try {
    writeFileSync(draft, `${JSON.stringify(fresh, null, 2)}\n`, { mode: 0o600, flush: true });
    linkSync(draft, file);
  } catch (error) {
    // Another process was first.
    if (!(error instanceof Error) || !("code" in error) || error.code !== "EEXIST") throw error;
  } finally {
    rmSync(draft, { force: true });
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
