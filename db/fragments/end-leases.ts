import { isRow } from "./is-row";

const isLease = isRow(["l.endpoint_id", "l.token"], ["f.endpoint_id", "f.token"]);

/**
 * CTEs that remove deliveries from their leases in `delivery_leases`, and delete leases that are empty.
 *
 * @param freed a table expression with the columns `endpoint_id`, `token` and `deliveries`, one row per lease
 */
export const endLeases = (freed: string) => `
  emptied as (
    delete from delivery_leases l using ${freed} f where ${isLease} and l.deliveries <@ f.deliveries
  ), shrunk as (
    update delivery_leases l
    set deliveries = array(select unnest(l.deliveries) except all select unnest(f.deliveries))
    from ${freed} f where ${isLease} and not l.deliveries <@ f.deliveries
  )`;
