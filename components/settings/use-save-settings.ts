"use client";

import { useState } from "react";
import type { UseFormReturn } from "react-hook-form";
import { isChangedMeanwhile, listMeanwhile, mergeMeanwhile } from "@/components/shell/changed-meanwhile";
import type { Began, Edited } from "@/components/shell/use-edited";
import { changedFields } from "@/components/ui/changed-fields";
import { applyFieldErrors } from "@/lib/api-client/apply-field-errors";
import type { UpdateWorkspaceInput, WorkspaceOutput } from "@/lib/contract/workspaces";
import { settingFields, settingLabels, settingValuesOf } from "./setting-values";
import { useReadWorkspace, useSaveWorkspace } from "./use-workspace-settings";

/** A save that was refused: what is stored by now, and what was to be saved. */
type Refused = { theirs: WorkspaceOutput; values: UpdateWorkspaceInput };

/**
 * Saves what was changed of the settings, and nothing if somebody else saved meanwhile: `meanwhile` then lists what
 * they changed, until `merge` or `keepEditing` is called. `failure` is what belongs to no field.
 */
export function useSaveSettings(
  form: UseFormReturn<UpdateWorkspaceInput>,
  edited: Edited<UpdateWorkspaceInput, WorkspaceOutput>,
) {
  const save = useSaveWorkspace();
  const read = useReadWorkspace();
  const [failure, setFailure] = useState<string>();
  const [refused, setRefused] = useState<Refused | null>(null);

  async function submit(
    values: UpdateWorkspaceInput,
    since: Began<UpdateWorkspaceInput, WorkspaceOutput> = edited,
  ): Promise<void> {
    setFailure(undefined);
    try {
      const input = changedFields(values, since.values);
      const isChanged = Object.keys(input).length > 0;
      edited.begin(
        isChanged ? await save.mutateAsync({ input, version: since.stored.version }) : since.stored,
      );
    } catch (error) {
      if (isChangedMeanwhile(error)) await readTheirs(values);
      else setFailure(applyFieldErrors(error, ["name", "slug", "retryPolicy"], form.setError));
    }
  }

  async function readTheirs(values: UpdateWorkspaceInput): Promise<void> {
    try {
      setRefused({ theirs: await read(), values });
    } catch (error) {
      setFailure(applyFieldErrors(error, [], form.setError));
    }
  }

  const meanwhile =
    refused &&
    listMeanwhile(
      settingLabels(edited.values),
      settingLabels(settingValuesOf(refused.theirs)),
      settingLabels(refused.values),
    );

  /** Takes theirs over into the form, but for what was changed here and not left to them, and saves. */
  async function merge(keptTheirs: ReadonlySet<string>): Promise<void> {
    if (!refused) return;
    const { theirs, values } = refused;
    const before = edited.values;
    const since = edited.begin(theirs);
    const merged = mergeMeanwhile({ before, theirs: since.values, yours: values }, keptTheirs);
    for (const field of settingFields) form.setValue(field, merged[field], { shouldDirty: true });
    setRefused(null);
    await form.handleSubmit((chosen) => submit(chosen, since))();
  }

  return {
    submit,
    failure,
    isSaved: save.isSuccess,
    forgetSaved: save.reset,
    meanwhile,
    merge,
    keepEditing: () => setRefused(null),
  };
}
