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

/** A save that was refused: what is stored now, and what was to be saved. */
type Refused = { theirs: WorkspaceOutput; values: UpdateWorkspaceInput };

/**
 * Saves the changed settings, unless another person saved meanwhile: `meanwhile` then lists their changes, until
 * `merge` or `keepEditing` is called. `failure` is an error that belongs to no field.
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

  /**
   * Merges the other person's changes into the form, except fields changed here whose value here was chosen, and
   * saves.
   */
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
