import { openDatabase } from "../connection/client";

/** The server that a run of the tests shares; `url` is that of its first database, which no test uses. */
export type TestServer = { url: string; template: string };

/** Makes a database on a server, as a copy of `template` if one is named, and gives its URL. */
export async function createDatabase(serverUrl: string, name: string, template?: string): Promise<string> {
  await runStatement(
    serverUrl,
    `CREATE DATABASE ${name}${template ? ` TEMPLATE ${template} STRATEGY FILE_COPY` : ""}`,
  );
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  return url.href;
}

/** Drops a database, and ends the connections that are still open to it. */
export async function dropDatabase(serverUrl: string, name: string): Promise<void> {
  await runStatement(serverUrl, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
}

async function runStatement(serverUrl: string, statement: string): Promise<void> {
  const { sql, close } = openDatabase(serverUrl, { max: 1 });
  try {
    await sql.unsafe(statement);
  } finally {
    await close();
  }
}
