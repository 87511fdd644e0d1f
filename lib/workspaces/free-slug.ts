import { isReservedSlug, slugLength } from "../core/workspaces";

/**
 * A workspace's slug, derived from its name: lower-case letters, digits and dashes, followed by a number if it is
 * taken.
 *
 * @param takenLike finds the slugs that equal the given one or begin with it and a dash
 */
export async function freeSlug(
  name: string,
  takenLike: (base: string) => Promise<string[]>,
): Promise<string> {
  const base =
    name
      .normalize("NFKD")
      .replace(/\p{Mark}/gu, "")
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, "-")
      .replace(/^-+|-+$/g, "")
      .slice(0, slugLength.max)
      .replace(/-$/, "") || "workspace";
  const taken = new Set(await takenLike(base));
  if (base.length >= slugLength.min && !taken.has(base) && !isReservedSlug(base)) return base;
  for (let n = 2; ; n++) if (!taken.has(`${base}-${n}`)) return `${base}-${n}`;
}
