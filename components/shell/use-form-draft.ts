"use client";

import { useCallback, useEffect, useEffectEvent, useRef, useState } from "react";
import type { FieldValues, UseFormReturn } from "react-hook-form";
import { type Draft, draftKey, forgetDrafts, readDraft, writeDraft } from "./drafts";
import type { Edited } from "./use-edited";
import { useWorkspace } from "./use-workspace";

export type FormDraft = {
  /** The draft that was filled in when the form was opened; `null` if there was none. */
  restored: Draft | null;
  /** Resets the form to what is stored. */
  discard: () => void;
  /** Stops keeping the input: it was saved, or is to be discarded. */
  forget: () => void;
};

type DraftOptions<Values> = {
  /** The part of the values that may be kept: never a secret in clear text. */
  withoutSecrets?: (values: Values) => Values;
  /** The object that the form edits. If another person saves the same fields meanwhile, saving the draft is refused. */
  edited?: Pick<
    Edited<Values, { version: string } | undefined>,
    "stored" | "values" | "beginEarlier" | "restart"
  >;
};

/**
 * Keeps a form's input in this browser tab until it is saved or discarded, and fills it in again when the form is
 * opened again: after the session ended and the same user signed in again, or after the page was reloaded.
 *
 * @param name of the form, within its workspace
 */
export function useFormDraft<Values extends FieldValues>(
  form: UseFormReturn<Values>,
  name: string,
  { withoutSecrets = (values) => values, edited }: DraftOptions<Values> = {},
): FormDraft {
  const { userId, slug } = useWorkspace();
  const key = draftKey(userId, slug, name);
  const [restored, setRestored] = useState<Draft | null>(null);
  const given = useRef({ form, withoutSecrets });
  const isKeeping = useRef(true);

  const beginAsDraft = useEffectEvent(({ began }: Draft) => {
    if (!edited || !began || edited.stored?.version === began.version) return;
    if (Object.keys(differences(began.values, edited.values)).length > 0)
      edited.beginEarlier(began.version, began.values);
  });
  const beganWith = useEffectEvent((fields: string[]): Draft["began"] => {
    if (!edited?.stored) return undefined;
    const values = Object.fromEntries(fields.map((field) => [field, edited.values[field]]));
    return { version: edited.stored.version, values };
  });

  useEffect(() => {
    const { form, withoutSecrets } = given.current;
    isKeeping.current = true;
    forgetDrafts({ exceptOf: userId });
    const draft = readDraft(key);
    if (draft) {
      beginAsDraft(draft);
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
        const began = beganWith(Object.keys(changed));
        writeDraft(key, isEmpty ? null : { values: changed, lacksSecrets, began });
        if (isEmpty) setRestored(null);
      },
    });
  }, [key, userId]);

  const forget = useCallback(() => {
    isKeeping.current = false;
    writeDraft(key, null);
  }, [key]);

  const discard = () => {
    if (edited) edited.restart();
    else form.reset();
    setRestored(null);
  };

  return { restored, discard, forget };
}

/** Fields of `values` that differ from those of `before`. */
function differences(values: FieldValues, before: Readonly<FieldValues>): Draft["values"] {
  return Object.fromEntries(Object.entries(values).filter(([field, value]) => !isSame(value, before[field])));
}

const isSame = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);
