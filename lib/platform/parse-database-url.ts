import { readFileSync } from "node:fs";
import net from "node:net";
import type { ConnectionOptions } from "node:tls";
import { otherToolsParameters } from "./other-tools-parameters";

/** A connection string that was read. */
export type DatabaseUrl = {
  /** For postgres.js, which reads neither encoded names nor IPv6 addresses from a URL. */
  login: Login;
  /** Why it cannot be used: each problem names the part and how to fix it. Never contains a password. */
  mistakes: string[];
  /** Parameters that are accepted but have no effect. */
  notes: string[];
};
type Login = {
  user?: string;
  password?: string;
  database?: string;
  /** In seconds. */
  connect_timeout?: number;
  host?: string[];
  port: number[];
  /** The path of a Unix socket, instead of host and port. */
  path?: string;
  ssl: boolean | "prefer" | ConnectionOptions;
  sslnegotiation?: "direct";
  target_session_attrs?: "read-write" | "primary";
  /** Settings of the session, by the server's names. */
  connection: Record<string, string>;
};

const form =
  "must be like postgres://user:password@host:5432/database, with special characters of the user, password and database encoded: @ as %40, / as %2F, # as %23, ? as %3F, % as %25";
const sslModes = ["disable", "prefer", "require", "verify-ca", "verify-full"] as const;
type SslMode = (typeof sslModes)[number];
const sslModeAliases: Record<string, SslMode> = {
  // libpq's `allow` encrypts only if the server accepts nothing else.
  allow: "prefer",
  "no-verify": "require",
  true: "verify-full",
  "1": "verify-full",
  false: "disable",
  "0": "disable",
};
const known =
  "application_name, channel_binding, connect_timeout, dbname, host, options, password, port, search_path, sslcert, sslkey, sslmode, sslnegotiation, sslrootcert, target_session_attrs, user";

/**
 * Reads a connection string as libpq does (PostgreSQL, 34.1.1.2), as far as the driver supports it: several hosts, a
 * socket's folder as the host or as `?host=/folder`, and the parameters listed in `known`.
 */
export function parseDatabaseUrl(text: string): DatabaseUrl {
  const mistakes: string[] = [];
  const notes: string[] = [];
  const parts = /^postgres(?:ql)?:\/\/(?:([^/?#]*)@)?([^/?#]*)(?:\/([^?#]*))?(?:\?([^#]*))?$/i.exec(
    text.trim(),
  );
  const decoded = parts?.map(decode);
  const login: Login = { port: [5432], ssl: false, connection: {} };
  if (!parts || !decoded || decoded.includes(null)) return { login, mistakes: [form], notes };
  const [, userinfo, hosts = "", database, query] = parts;
  const given = new URLSearchParams(query);
  const take = (name: string, inPath?: string | null): string | undefined => {
    const value = given.get(name) ?? inPath;
    given.delete(name);
    return value || undefined;
  };

  const [user, ...password] = (userinfo ?? "").split(":");
  login.user = take("user", decode(user));
  login.password = take("password", decode(password.join(":")));
  login.database = take("dbname", decode(database));
  const where = readHosts(take("host")?.split(",") ?? hosts.split(","), take("port"));
  if (where) Object.assign(login, where);
  else mistakes.push(form);

  readTls(login, take, mistakes);
  const channelBinding = take("channel_binding");
  if (channelBinding === "require") {
    mistakes.push(
      "has channel_binding=require, which the driver does not support: remove it; sslmode=verify-full verifies the server",
    );
  } else if (channelBinding === "prefer") {
    notes.push("channel_binding=prefer has no effect: the driver signs in without channel binding");
  } else if (channelBinding && channelBinding !== "disable") {
    mistakes.push("has a channel_binding that is neither disable nor prefer");
  }
  const timeout = take("connect_timeout");
  if (timeout && !/^\d{1,4}$/.test(timeout))
    mistakes.push("has a connect_timeout that is not a number of seconds");
  else if (Number(timeout) > 0) login.connect_timeout = Number(timeout);
  const target = take("target_session_attrs");
  if (target === "read-write" || target === "primary") login.target_session_attrs = target;
  else if (target && target !== "any") {
    mistakes.push(
      `has target_session_attrs=${target}, but Posthorn writes: it must be read-write, primary or any`,
    );
  }
  for (const name of ["application_name", "options", "search_path"]) {
    const value = take(name);
    if (value) login.connection[name] = value;
  }
  for (const name of new Set(given.keys())) {
    const remedy = otherToolsParameters[name.toLowerCase()] ?? `remove it (Posthorn knows ${known})`;
    mistakes.push(`has the parameter ${name}, which Posthorn does not know: ${remedy}`);
  }
  return { login, mistakes, notes };
}

function decode(text: string | undefined): string | null {
  try {
    return decodeURIComponent(text ?? "");
  } catch {
    return null;
  }
}

/** Hosts with their ports; `null` if one is invalid. */
function readHosts(hosts: string[], ports: string | undefined): Pick<Login, "host" | "port" | "path"> | null {
  const read = hosts.map((one) => /^(?:\[([0-9a-f:.]+)\]|([^:[\]]*)|([0-9a-f:.]+))(?::(\d+))?$/i.exec(one));
  const host = read.map((one) => decode(one?.[1] ?? one?.[2] ?? one?.[3]));
  const portsOfAll = ports?.split(",") ?? [];
  const port = read.map((one, place) => Number(portsOfAll[place] ?? portsOfAll[0] ?? one?.[4] ?? 5432));
  if (port.some((one) => !Number.isInteger(one) || one < 1 || one > 65_535)) return null;
  const [folder] = host;
  if (folder?.startsWith("/")) return { port, path: `${folder.replace(/\/+$/, "")}/.s.PGSQL.${port[0]}` };
  if (read.includes(null) || host.includes(null)) return null;
  const named = host.filter((one) => one);
  if (named.length === 0) return { port };
  return named.length === host.length ? { port, host: named.map(String) } : null;
}

function readTls(login: Login, take: (name: string) => string | undefined, mistakes: string[]): void {
  const chosen = take("sslmode");
  const ssl = take("ssl");
  const word = chosen ?? ssl ?? "disable";
  const rootCertificate = take("sslrootcert");
  const files = { ca: rootCertificate, cert: take("sslcert"), key: take("sslkey") };
  const negotiation = take("sslnegotiation");
  const mode = sslModes.find((one) => one === word) ?? sslModeAliases[word];
  if (!mode) {
    mistakes.push(`has sslmode=${word}, which must be one of ${sslModes.join(", ")}`);
    return;
  }
  if (negotiation === "direct") login.sslnegotiation = "direct";
  else if (negotiation && negotiation !== "postgres") {
    mistakes.push(`has sslnegotiation=${negotiation}, which must be postgres or direct`);
  }
  // Sockets are on this machine, where the server offers no TLS.
  if (login.path || mode === "disable") return;
  const read: ConnectionOptions = {};
  for (const [name, file] of Object.entries(files)) {
    if (!file || file === "system") continue;
    try {
      Object.assign(read, { [name]: readFileSync(file) });
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      const parameter = name === "ca" ? "sslrootcert" : `ssl${name}`;
      mistakes.push(`has a ${parameter} that cannot be read (${why})`);
    }
  }
  // With a socket, Node would check the certificate for "localhost".
  if (login.host?.length === 1 && net.isIP(login.host[0] ?? "")) read.host = login.host[0];
  const checks = mode.startsWith("verify") || (mode === "require" && rootCertificate !== undefined);
  if (mode === "prefer") login.ssl = "prefer";
  else
    login.ssl = {
      ...read,
      rejectUnauthorized: checks,
      // libpq checks the name only for verify-full.
      ...(mode !== "verify-full" && rootCertificate !== "system"
        ? { checkServerIdentity: () => undefined }
        : {}),
    };
}
