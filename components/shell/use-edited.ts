"use client";

import { useEffect, useEffectEvent, useState } from "react";
import type { FieldValues, UseFormReturn } from "react-hook-form";

/** What a form began with. */
export type Began<Values, Resource> = {
  /** As it was stored, of this version; `undefined` if the form makes something new. */
  stored: Resource;
  values: Values;
};

export type Edited<Values, Resource> = Began<Values, Resource> & {
  /** Resets the form to what is stored. */
  begin: (stored: Resource) => Began<Values, Resource>;
  /** Starts it from what was stored in an earlier version: of some fields it had other values. */
  beginEarlier: (version: string, values: Record<string, unknown>) => void;
  /** Starts it from what is stored now, as far as this page knows. */
  restart: () => void;
};

type Versioned = { version: string };

/**
 * Keeps what a form began with. The form follows what somebody else saves as long as nothing is entered into it.
 *
 * @param current what is stored now; `undefined` if the form makes something new
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
