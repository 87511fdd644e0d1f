import { type Changes, maskedValue } from "./audit";
import { canonicalJson } from "./canonical-json";

type Fields = Record<string, unknown>;

/**
 * The differences between two states of an object, for the audit log.
 *
 * @param before `null` if the object did not exist; then fields without a value are left out
 * @param after the changed fields; all others count as unchanged
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

/** Keeps the row of a change no larger than what it is about. */
function shortened(value: unknown): unknown {
  return typeof value === "string" && value.length > textLengthMax
    ? `${value.slice(0, textLengthMax)}…`
    : value;
}

/** The differences between two sets of named values that the audit log must not store, like custom headers. */
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
