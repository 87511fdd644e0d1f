import { type Changes, maskedValue } from "./audit";
import { canonicalJson } from "./canonical-json";

type Fields = Record<string, unknown>;

/**
 * What differs between two states of a thing, for the audit log.
 *
 * @param before `null` if the thing was not there; then what it has not is left out
 * @param after of the fields that it has, all others are taken as unchanged
 */
export function changesOf<After extends Fields>(
  before: { [Name in keyof After]?: unknown } | null,
  after: After,
): Changes {
  return Object.fromEntries(
    Object.entries(after)
      .map(([name, value]) => [name, { before: before?.[name] ?? null, after: value ?? null }] as const)
      .filter(([, { before, after }]) => canonicalJson(before) !== canonicalJson(after))
      .map(([name, { before, after }]) => [name, { before: shortened(before), after: shortened(after) }]),
  );
}

const textLengthMax = 4_000;

/** The row of a change is not to be larger than what it is about. */
function shortened(value: unknown): unknown {
  return typeof value === "string" && value.length > textLengthMax
    ? `${value.slice(0, textLengthMax)}…`
    : value;
}

/** What differs between two sets of named values that the audit log must not hold, like custom headers. */
export function maskedChanges(
  field: string,
  before: Record<string, string | null>,
  after: Record<string, string>,
): Changes {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  const shown = (values: Record<string, string | null>, name: string) =>
    Object.hasOwn(values, name) ? maskedValue : null;
  return Object.fromEntries(
    names
      .filter((name) => shown(before, name) !== shown(after, name) || before[name] !== after[name])
      .map((name) => [`${field}.${name}`, { before: shown(before, name), after: shown(after, name) }]),
  );
}
