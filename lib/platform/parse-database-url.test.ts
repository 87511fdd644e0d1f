import { writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, test } from "vitest";
import { parseDatabaseUrl } from "./parse-database-url";

const base = "postgres://ann:secret@db.internal:6432/mine";
const loginOf = (url: string) => {
  const { login, mistakes } = parseDatabaseUrl(url);
  expect(mistakes).toEqual([]);
  return login;
};

test.each<[string, object]>([
  [base, { user: "ann", password: "secret", host: ["db.internal"], port: [6432], database: "mine" }],
  ["postgresql://ann@db.internal", { user: "ann", host: ["db.internal"], port: [5432] }],
  ["postgres://a%40b:p%23%2F%3F%25@h/my%20db", { user: "a@b", password: "p#/?%", database: "my db" }],
  ["postgres://ann@[2001:db8::1]:6432/mine", { host: ["2001:db8::1"], port: [6432] }],
  ["postgres://ann@one:1,two:2,three/mine", { host: ["one", "two", "three"], port: [1, 2, 5432] }],
  [
    "postgres:///mine?host=/run/pg&user=ann",
    { path: "/run/pg/.s.PGSQL.5432", user: "ann", database: "mine" },
  ],
  ["postgres://ann@%2Frun%2Fpg:6432/mine", { path: "/run/pg/.s.PGSQL.6432" }],
  [`${base}?target_session_attrs=read-write`, { target_session_attrs: "read-write" }],
  [
    `${base}?connect_timeout=3&application_name=a&options=-c%20search_path%3Dx`,
    {
      connect_timeout: 3,
      connection: { application_name: "a", options: "-c search_path=x" },
    },
  ],
])("%s leads where libpq would go", (url, login) => {
  expect(loginOf(url)).toMatchObject(login);
});

test.each([
  ["disable", false],
  ["prefer", "prefer"],
  ["allow", "prefer"],
  ["require", { rejectUnauthorized: false }],
  ["verify-full", { rejectUnauthorized: true }],
])("sslmode=%s is kept to", (mode, ssl) => {
  expect(loginOf(`${base}?sslmode=${mode}`).ssl).toEqual(
    typeof ssl === "object" ? expect.objectContaining(ssl) : ssl,
  );
});

test("verify-full checks the name, verify-ca and a root certificate alone do not", () => {
  const file = path.join(tmpdir(), `posthorn-root-${process.pid}.pem`);
  writeFileSync(file, "certificate");
  const tls = (parameters: string) => loginOf(`${base}?${parameters}&sslrootcert=${file}`).ssl;
  expect(tls("sslmode=verify-full")).toEqual({ ca: Buffer.from("certificate"), rejectUnauthorized: true });
  for (const mode of ["verify-ca", "require"]) {
    expect(tls(`sslmode=${mode}`)).toMatchObject({
      rejectUnauthorized: true,
      checkServerIdentity: expect.any(Function),
    });
  }
});

test.each([
  ["localhost:5432", "must be like postgres://"],
  ["mysql://ann@db/mine", "must be like postgres://"],
  ["postgresql+psycopg2://ann@db/mine", "must be like postgres://"],
  ["postgres://ann:se#cret@db/mine", "# as %23"],
  ["postgres://ann:100%@db/mine", "% as %25"],
  ["postgres://ann@db:70000/mine", "must be like postgres://"],
  [`${base}?schema=public`, "has the parameter schema"],
  [`${base}?currentSchema=x`, "search_path"],
  [`${base}?pgbouncer=true`, "PostgreSQL itself, not to a pooler"],
  [`${base}?connection_limit=5`, "POSTHORN_DATABASE_CONNECTIONS"],
  [`${base}?channel_binding=require`, "channel_binding=require, which the driver does not support"],
  [`${base}?sslmode=on`, "one of disable, prefer, require, verify-ca, verify-full"],
  [`${base}?sslmode=verify-full&sslrootcert=/not/there`, "sslrootcert that cannot be read"],
  [`${base}?target_session_attrs=standby`, "read-write, primary or any"],
  [`${base}?frobnicate=1`, "has the parameter frobnicate, which Posthorn does not know: remove it"],
])("%s is refused with what would be right, and without the password", (url, words) => {
  const { mistakes } = parseDatabaseUrl(url);
  expect(mistakes).toHaveLength(1);
  expect(mistakes[0]).toContain(words);
  expect(mistakes[0]).not.toMatch(/secret|se#cret|100%@/);
});

test("every parameter that is wrong is named at once", () => {
  expect(parseDatabaseUrl(`${base}?schema=x&pgbouncer=true&sslmode=on`).mistakes).toHaveLength(3);
});

test("a parameter without effect is reported, and does not prevent the start", () => {
  const { mistakes, notes } = parseDatabaseUrl(`${base}?sslmode=require&channel_binding=prefer`);
  expect(mistakes).toEqual([]);
  expect(notes).toEqual([expect.stringContaining("channel_binding=prefer has no effect")]);
});
