import { changedFields } from "@/components/ui/changed-fields";
import { ApiError } from "@/lib/api-client/api-error";

/** The label of each field of a form, by the field's name. */
export type FieldLabels = Record<string, { label: string; value: string }>;

export type MeanwhileField = {
  field: string;
  label: string;
  theirs: string;
  /** `null` if it was not changed here: then there is nothing to choose. */
  yours: string | null;
};

/** Whether a save was refused because another person had saved before it. */
export function isChangedMeanwhile(error: unknown): boolean {
  return error instanceof ApiError && error.code === "precondition_failed";
}

/**
 * What another person changed while a form was open. If that is not visible (another value of a header, or an earlier
 * draft), every field changed in the form has to be decided.
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
 * A form's values after the choice: the other person's, overridden by the changes of this form.
 *
 * @param keptTheirs fields whose other value was chosen
 */
export function mergeMeanwhile<Values extends object>(
  { before, theirs, yours }: Record<"before" | "theirs" | "yours", Values>,
  keptTheirs: ReadonlySet<string>,
): Values {
  const own = Object.entries(changedFields(yours, before)).filter(([field]) => !keptTheirs.has(field));
  return { ...theirs, ...Object.fromEntries(own) };
}
