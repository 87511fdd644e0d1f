import type postgres from "postgres";

/** The most rows that one statement deletes: it must be short, because others may wait for them. */
const rowsPerStatement = 2_000;

/**
 * Deletes rows that belong to no week of a workspace: sessions that have expired or ended, links and emails about
 * accounts that are no longer useful, and entries of the audit log and of people's activity older than so many days.
 *
 * @returns how many rows were deleted
 */
export async function deleteEnded(sql: postgres.Sql, params: { auditDays: number }): Promise<number> {
  const statements = [
    () => sql`
      delete from sessions where id in (
        select id from sessions where expires_at < now() or revoked_at < now() limit ${rowsPerStatement})`,
    () => sql`
      delete from account_links where id in (
        select id from account_links where expires_at < now() - interval '1 day' limit ${rowsPerStatement})`,
    () => sql`
      delete from sign_up_links where id in (
        select id from sign_up_links where expires_at < now() - interval '1 day' limit ${rowsPerStatement})`,
    () => sql`
      delete from account_emails where id in (
        select id from account_emails where expires_at < now() - interval '30 days' limit ${rowsPerStatement})`,
    () => sql`
      delete from user_activity where id in (
        select id from user_activity where created_at < now() - make_interval(days => ${params.auditDays}::int)
        limit ${rowsPerStatement})`,
    () => sql`
      delete from audit_log where id in (
        select id from audit_log where created_at < now() - make_interval(days => ${params.auditDays}::int)
        limit ${rowsPerStatement})`,
  ];
  let deleted = 0;
  for (const statement of statements) {
    for (;;) {
      const { count } = await statement();
      deleted += count;
      if (count < rowsPerStatement) break;
    }
  }
  return deleted;
}
