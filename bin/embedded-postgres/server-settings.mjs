import { isWindows } from "./processes.mjs";

/**
 * The server's settings, given on its command line, so that a newer Posthorn brings its own to an older cluster.
 * @param {import("./data-folder.mjs").DataFolder} folder
 * @param {number} port
 * @param {boolean} durable
 * @returns {string[]}
 */
export function serverSettings(folder, port, durable) {
  const values = {
    port,
    listen_addresses: isWindows ? "127.0.0.1" : "",
    ...(!isWindows && { unix_socket_directories: quoteList(folder.runDir), unix_socket_permissions: "0700" }),
    max_connections: 100,
    shared_buffers: "128MB",
    effective_cache_size: "1GB",
    work_mem: "8MB",
    maintenance_work_mem: "64MB",
    // Nothing replicates from this server, so it writes the smaller log.
    wal_level: "minimal",
    max_wal_senders: 0,
    wal_compression: "pglz",
    max_wal_size: "1GB",
    checkpoint_timeout: "10min",
    // A query over partitioned tables locks every partition and index.
    max_locks_per_transaction: 256,
    random_page_cost: 1.1,
    jit: "off",
    timezone: "UTC",
    log_timezone: "UTC",
    log_checkpoints: "off",
    log_line_prefix: "%m [%p] ",
    fsync: durable ? "on" : "off",
    ...(!durable && { synchronous_commit: "off", full_page_writes: "off", autovacuum: "off" }),
  };
  return Object.entries(values).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
}

/** @param {string} dir */
function quoteList(dir) {
  return `"${dir.replaceAll('"', '""')}"`;
}
