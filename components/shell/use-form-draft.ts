"use client";

import { useCallback, useEffect, useRef, useState } from "react";
import type { FieldValues, UseFormReturn } from "react-hook-form";
import { type Draft, draftKey, forgetDrafts, readDraft, writeDraft } from "./drafts";
import { useWorkspace } from "./use-workspace";

export type FormDraft = {
  /** What was filled in again when the form was opened; `null` if there was nothing. */
  restored: Draft | null;
  /** Puts the form back to how it began. */
  discard: () => void;
  /** Stops keeping what is entered: it was saved, or is meant to be lost. */
  forget: () => void;
};

/**
 * Keeps what is entered into a form in this browser tab until it is saved or given up, and fills it in again when the
 * form is opened anew: after the session ended and the same person signed in again, or after the page was reloaded.
 *
 * @param name of the form, within its workspace
 * @param withoutSecrets what may be kept of the values: never a secret in the clear
 */
export function useFormDraft<Values extends FieldValues>(
  form: UseFormReturn<Values>,
  name: string,
  withoutSecrets: (values: Values) => Values = (values) => values,
): FormDraft {
  const { userId, slug } = useWorkspace();
  const key = draftKey(userId, slug, name);
  const [restored, setRestored] = useState<Draft | null>(null);
  const given = useRef({ form, withoutSecrets });
  const isKeeping = useRef(true);

  useEffect(() => {
    const { form, withoutSecrets } = given.current;
    isKeeping.current = true;
    forgetDrafts({ exceptOf: userId });
    const draft = readDraft(key);
    if (draft) {
      form.reset({ ...form.getValues(), ...draft.values }, { keepDefaultValues: true });
      setRestored(draft);
    }
    return form.subscribe({
      formState: { values: true },
      callback: ({ values, defaultValues }) => {
        if (!isKeeping.current) return;
        const kept = withoutSecrets(values);
        const changed = differences(kept, defaultValues ?? {});
        const lacksSecrets = !isSame(kept, values);
        const isEmpty = Object.keys(changed).length === 0 && !lacksSecrets;
        writeDraft(key, isEmpty ? null : { values: changed, lacksSecrets });
        if (isEmpty) setRestored(null);
      },
    });
  }, [key, userId]);

  const forget = useCallback(() => {
    isKeeping.current = false;
    writeDraft(key, null);
  }, [key]);

  const discard = useCallback(() => {
    given.current.form.reset();
    setRestored(null);
  }, []);

  return { restored, discard, forget };
}

/** Fields of `values` that differ from those of `before`. */
function differences(values: FieldValues, before: Readonly<FieldValues>): Draft["values"] {
  return Object.fromEntries(Object.entries(values).filter(([field, value]) => !isSame(value, before[field])));
}

const isSame = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);
