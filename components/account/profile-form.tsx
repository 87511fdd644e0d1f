"use client";

import { Check } from "lucide-react";
import { useState } from "react";
import { useForm } from "react-hook-form";
import { Button } from "@/components/ui/button";
import { FieldError, FormField } from "@/components/ui/field";
import { formatMoment, setTimeStyle } from "@/components/ui/format-time";
import { Input } from "@/components/ui/input";
import { NativeSelect } from "@/components/ui/native-select";
import { useNow } from "@/components/ui/use-now";
import { applyFieldErrors } from "@/lib/api-client/apply-field-errors";
import type { ProfileOutput } from "@/lib/contract/account";
import type { Clock, Theme } from "@/lib/core/account";
import { useUpdateProfile } from "./use-account";

type Values = { name: string; timeZone: string; clock: Clock; theme: Theme };

const valuesOf = ({ name, timeZone, clock, theme }: ProfileOutput): Values => ({
  name,
  timeZone: timeZone ?? "",
  clock,
  theme,
});

/** Name, times and theme. Native selects, because our own would be larger than the rest of the page. */
export function ProfileForm({ profile }: { profile: ProfileOutput }) {
  const [failure, setFailure] = useState<string>();
  const [saved, setSaved] = useState(false);
  const update = useUpdateProfile();
  const now = useNow();
  const form = useForm<Values>({ defaultValues: valuesOf(profile) });
  const { register, handleSubmit, setError, reset, formState } = form;
  const { errors, isSubmitting, isDirty } = formState;
  const submit = handleSubmit(async ({ timeZone, ...values }) => {
    setFailure(undefined);
    setSaved(false);
    try {
      const changed = await update.mutateAsync({ ...values, timeZone: timeZone || null });
      setTimeStyle(changed);
      reset(valuesOf(changed));
      setSaved(true);
    } catch (error) {
      setFailure(applyFieldErrors(error, ["name", "timeZone", "clock", "theme"], setError));
    }
  });
  return (
    <form onSubmit={submit} noValidate className="grid gap-5">
      <FormField label="Name" error={errors.name?.message}>
        {(control) => <Input autoComplete="name" className="max-w-sm" {...register("name")} {...control} />}
      </FormField>
      <FormField
        label="Time zone"
        description={now ? `It is ${formatMoment(now, now)} now.` : "Used for all times in the dashboard."}
        error={errors.timeZone?.message}
      >
        {(control) => (
          <NativeSelect className="max-w-sm" {...register("timeZone")} {...control}>
            <option value="">Same as this browser</option>
            {Intl.supportedValuesOf("timeZone").map((zone) => (
              <option key={zone}>{zone}</option>
            ))}
          </NativeSelect>
        )}
      </FormField>
      <FormField label="Clock" error={errors.clock?.message}>
        {(control) => (
          <NativeSelect className="max-w-sm" {...register("clock")} {...control}>
            <option value="24h">24 hours: 14:32</option>
            <option value="12h">12 hours: 2:32 pm</option>
          </NativeSelect>
        )}
      </FormField>
      <FormField label="Theme" error={errors.theme?.message}>
        {(control) => (
          <NativeSelect className="max-w-sm" {...register("theme")} {...control}>
            <option value="system">Same as this device</option>
            <option value="light">Light</option>
            <option value="dark">Dark</option>
          </NativeSelect>
        )}
      </FormField>
      <FieldError>{failure}</FieldError>
      <div className="flex flex-wrap items-center gap-3">
        <Button type="submit" pending={isSubmitting} disabled={!isDirty && !isSubmitting}>
          {isSubmitting ? "Saving…" : "Save changes"}
        </Button>
        <span role="status" className="flex items-center gap-1 text-muted-foreground text-sm">
          {saved && !isDirty && (
            <>
              <Check aria-hidden="true" className="size-4 text-success" />
              Saved
            </>
          )}
        </span>
      </div>
    </form>
  );
}
