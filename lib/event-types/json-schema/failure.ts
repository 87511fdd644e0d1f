/** The path of a value in the data. */
export type Place = { parent: Place; key: string } | null;
/** What is wrong with a value, in words that follow its name. */
export type Failure = { at: Place; message: string };

export const childOf = (parent: Place, key: string | number): Place => ({ parent, key: String(key) });

export function pathOf(at: Place): string[] {
  const keys: string[] = [];
  for (let place = at; place; place = place.parent) keys.unshift(place.key);
  return keys;
}

/** Of the failures of all choices, the one that got furthest: the choice that was most likely meant. */
export function furthest(failures: Failure[]): Failure | null {
  const depthOf = ({ at }: Failure) => pathOf(at).length;
  return failures.reduce<Failure | null>(
    (best, one) => (best === null || depthOf(one) > depthOf(best) ? one : best),
    null,
  );
}
