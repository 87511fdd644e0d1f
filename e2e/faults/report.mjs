/** @typedef {import("./scenarios.mjs").Played} Played */

const shownMax = 20;

/**
 * What came of the scenarios, for people.
 * @param {Played[]} played
 */
export function formatReport(played) {
  const lines = [
    row(["", "faults", "accepted", "refused", "unknown", "arrived", "twice", "missing", "wrong", "seconds"]),
  ];
  for (const { name, seconds, ...outcome } of played) {
    const { faults, accepted, refused, unknown, received, duplicates, missing, problems } = outcome;
    const lists = [duplicates, missing, problems].map(({ length }) => length);
    const counts = [faults, accepted, refused, unknown, received, ...lists, Math.round(seconds)];
    lines.push(row([name, ...counts.map((count) => count.toLocaleString("en-US"))]));
  }
  for (const { name, duplicates, missing, problems } of played) {
    if (duplicates.length > 0) lines.push("", `${name}: sent more than once, with the same webhook-id`);
    lines.push(...duplicates.map(({ webhookId, times }) => `  ${webhookId}  ${times} times`));
    lines.push(...list(`${name}: accepted and missing`, missing), ...list(`${name}: wrong`, problems));
  }
  return lines.join("\n");
}

/**
 * @param {string} title
 * @param {string[]} items
 */
function list(title, items) {
  if (items.length === 0) return [];
  const more = items.length > shownMax ? [`  and ${items.length - shownMax} more`] : [];
  return ["", title, ...items.slice(0, shownMax).map((item) => `  ${item}`), ...more];
}

/** @param {string[]} cells */
function row([name = "", ...cells]) {
  return `${name.padEnd(18)}${cells.map((cell) => cell.padStart(9)).join("")}`;
}
