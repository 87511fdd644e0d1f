/**
 * How well a command matches the typed text, for the palette: each word has to be in its name or its other words.
 * Letters that merely occur in this order do not match, so that `billing` does not find the page of members with
 * their invitations and settings.
 *
 * @returns 0 for no match, and up to 1 for a name that begins with it
 */
export function matchCommand(value: string, search: string, keywords: string[] = []): number {
  const text = [value, ...keywords].join(" ").toLowerCase();
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  if (!words.every((word) => text.includes(word))) return 0;
  const begins = words.every((word) => text.split(/[^\p{L}\p{N}]+/u).some((one) => one.startsWith(word)));
  const isNamed = value.toLowerCase().startsWith(search.toLowerCase().trim());
  return isNamed ? 1 : begins ? 0.8 : 0.4;
}

/** Sections in the order of their best entry for the typed text; cmdk only sorts entries within theirs. */
export function byMatch<Section extends { entries: { value: string; keywords: string[] }[] }>(
  sections: readonly Section[],
  search: string,
): Section[] {
  const best = ({ entries }: Section) =>
    Math.max(...entries.map(({ value, keywords }) => matchCommand(value, search, keywords)));
  return search.trim() ? sections.toSorted((a, b) => best(b) - best(a)) : [...sections];
}
