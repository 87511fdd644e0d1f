import type { EventTypeOutput } from "@/lib/contract/event-types";

export type EventGroup = { group: string; types: { name: string; description: string | null }[] };

/**
 * Event types by group, both in alphabetical order, filtered by `search` in name or description. Names in `chosen`
 * that the catalogue lacks are listed too, so that they can be deselected.
 */
export function groupEventTypes(
  catalogue: readonly EventTypeOutput[],
  chosen: readonly string[],
  search = "",
): EventGroup[] {
  const known = new Set(catalogue.map((type) => type.name));
  const all = [
    ...catalogue.map(({ name, group, description }) => ({ name, group, description })),
    ...chosen
      .filter((name) => !known.has(name))
      .map((name) => ({ name, group: name.split(".")[0] ?? name, description: "Not in the catalogue" })),
  ];
  const wanted = search.trim().toLowerCase();
  const groups = new Map<string, EventGroup["types"]>();
  for (const { name, group, description } of all.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
    if (wanted && !`${name} ${description ?? ""}`.toLowerCase().includes(wanted)) continue;
    groups.set(group, [...(groups.get(group) ?? []), { name, description }]);
  }
  return [...groups]
    .map(([group, types]) => ({ group, types }))
    .toSorted((a, b) => (a.group < b.group ? -1 : 1));
}
