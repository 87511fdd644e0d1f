import { changedFields } from "@/components/ui/changed-fields";
import { ApiError } from "@/lib/api-client/api-error";

/** The label of each field of a form, by the field's name. */
export type FieldLabels = Record<string, { label: string; value: string }>;

export type MeanwhileField = {
  field: string;
  label: string;
  theirs: string;
  /** `null` if it was left as it was: then there is nothing to choose. */
  yours: string | null;
};

/** Whether a save was refused because somebody else had saved before it. */
export function isChangedMeanwhile(error: unknown): boolean {
  return error instanceof ApiError && error.code === "precondition_failed";
}

/**
 * What somebody else changed while a form was open. If that is not visible (another value of a header, or a draft of
 * earlier), all that is changed in the form is to be decided.
 */
export function listMeanwhile(
  before: FieldLabels,
  theirs: FieldLabels,
  yours: FieldLabels,
): MeanwhileField[] {
  const isChanged = (field: string, words: FieldLabels) => words[field]?.value !== before[field]?.value;
  const fields = Object.keys(theirs);
  const changed = fields.filter((field) => isChanged(field, theirs));
  const listed = changed.length > 0 ? changed : fields.filter((field) => isChanged(field, yours));
  return listed.map((field) => {
    const { label = field, value = "" } = theirs[field] ?? {};
    const own = yours[field]?.value;
    const differs = own !== undefined && isChanged(field, yours) && own !== value;
    return { field, label, theirs: value, yours: differs ? own : null };
  });
}

/**
 * A form's values after the choice: theirs, and over them what was changed in the form.
 *
 * @param keptTheirs fields of which theirs was chosen
 */
export function mergeMeanwhile<Values extends object>(
  { before, theirs, yours }: Record<"before" | "theirs" | "yours", Values>,
  keptTheirs: ReadonlySet<string>,
): Values {
  const own = Object.entries(changedFields(yours, before)).filter(([field]) => !keptTheirs.has(field));
  return { ...theirs, ...Object.fromEntries(own) };
}
