/**
 * The environment of PostgreSQL's own programs: without the `PG…` variables, which would change what the server does
 * (PGPORT, PGDATA, …), and with messages in English, because some are recognised by their text.
 * @returns {NodeJS.ProcessEnv}
 */
export function serverEnv() {
  const kept = Object.entries(process.env).filter(
    ([name]) => !name.startsWith("PG") && !/^(LC_|LANG)/.test(name),
  );
  return { NODE_ENV: process.env.NODE_ENV, ...Object.fromEntries(kept), LC_ALL: "C", LANG: "C" };
}
