"use client";

import { useEffect, useEffectEvent, useState } from "react";
import type { FieldValues, UseFormReturn } from "react-hook-form";

/** What a form started from. */
export type Began<Values, Resource> = {
  /** As stored in this version; `undefined` if the form creates something new. */
  stored: Resource;
  values: Values;
};

export type Edited<Values, Resource> = Began<Values, Resource> & {
  /** Resets the form to what is stored. */
  begin: (stored: Resource) => Began<Values, Resource>;
  /** Starts it from an earlier version that was stored: some of its fields had other values. */
  beginEarlier: (version: string, values: Record<string, unknown>) => void;
  /** Starts it from what is stored now, as far as this page knows. */
  restart: () => void;
};

type Versioned = { version: string };

/**
 * Keeps what a form started from. The form follows other people's changes as long as nothing is entered into it.
 *
 * @param current what is stored now; `undefined` if the form creates something new
 * @param valuesOf the form's values for it
 */
export function useEdited<Values extends FieldValues, Resource extends Versioned | undefined>(
  form: UseFormReturn<Values>,
  current: Resource,
  valuesOf: (stored: Resource) => Values,
): Edited<Values, Resource> {
  const [began, setBegan] = useState(() => ({ stored: current, values: valuesOf(current) }));
  const { isDirty } = form.formState;

  const start = (next: Began<Values, Resource>) => {
    form.reset(next.values);
    setBegan(next);
    return next;
  };
  const begin = (stored: Resource) => start({ stored, values: valuesOf(stored) });
  const beginEarlier = (version: string, values: Record<string, unknown>) => {
    start({ stored: current && { ...current, version }, values: { ...valuesOf(current), ...values } });
  };
  const follow = useEffectEvent((newer: Resource) => {
    if (!isDirty && newer?.version !== began.stored?.version) begin(newer);
  });
  useEffect(() => follow(current), [current]);

  return { ...began, begin, beginEarlier, restart: () => void begin(current) };
}
