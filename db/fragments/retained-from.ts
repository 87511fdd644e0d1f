/**
 * SQL: the moment from which a workspace's events are kept: the start (Monday, UTC) of the week that its retention
 * reaches into. Data is removed a week at a time, as partitions are.
 *
 * @param workspace the alias of `workspaces`
 */
export const retainedFrom = (workspace: string) =>
  `date_trunc('week', now() - make_interval(days => ${workspace}.retention_days), 'UTC')`;
