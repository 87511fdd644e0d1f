const units = ["bytes", "KiB", "MiB", "GiB", "TiB"];

/** "840 bytes", "76.9 GiB". */
export function formatBytes(bytes: number): string {
  const at = Math.min(units.length - 1, Math.floor(Math.log2(Math.max(bytes, 1)) / 10));
  return `${(bytes / 1_024 ** at).toFixed(at > 1 ? 1 : 0)} ${units[at]}`;
}
