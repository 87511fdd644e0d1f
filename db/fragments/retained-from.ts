/**
 * SQL of the moment from which a workspace's events are kept: the beginning (Monday, UTC) of the week that its
 * retention reaches into. So data goes a week at a time, as partitions do.
 *
 * @param workspace the alias of `workspaces`
 */
export const retainedFrom = (workspace: string) =>
  `date_trunc('week', now() - make_interval(days => ${workspace}.retention_days), 'UTC')`;
