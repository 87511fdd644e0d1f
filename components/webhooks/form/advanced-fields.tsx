"use client";

import { type Control, Controller, type FieldErrors, type UseFormRegister, useWatch } from "react-hook-form";
import { RetryPolicyField } from "@/components/shell/retry-policy-field";
import { FormField } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { OwnSecretField } from "@/components/webhooks/signature/own-secret-field";
import { rateLimitMax, type SignatureKind } from "@/lib/core/endpoints";
import { signatureForms } from "@/lib/core/signatures";
import { HeadersField } from "./headers-field";
import { messagesOf } from "./webhook-form-errors";
import type { WebhookFormValues } from "./webhook-form-values";

/** The rarely needed part of the form. `newSecretKind` is set if a secret will be generated, or can be imported. */
export function AdvancedFields({
  control,
  register,
  errors,
  storedHeaders,
  newSecretKind,
}: {
  control: Control<WebhookFormValues>;
  register: UseFormRegister<WebhookFormValues>;
  errors: FieldErrors<WebhookFormValues>;
  storedHeaders: readonly string[];
  newSecretKind: SignatureKind | null;
}) {
  const secret = useWatch({ control, name: "secret" });
  return (
    <div className="grid grid-cols-1 gap-6 border-border border-t p-4">
      <Controller
        control={control}
        name="headers"
        render={({ field }) => (
          <HeadersField
            value={field.value}
            storedNames={storedHeaders}
            errors={messagesOf(errors.headers)}
            onChange={field.onChange}
          />
        )}
      />
      <Controller
        control={control}
        name="retryPolicy"
        render={({ field }) => (
          <RetryPolicyField
            mayInherit
            value={field.value}
            error={errors.retryPolicy?.message}
            onChange={field.onChange}
          />
        )}
      />
      <FormField
        label="Rate limit"
        description={`Maximum events per second, 1 to ${rateLimitMax.toLocaleString("en")}. More events wait. If empty, there is no limit.`}
        error={errors.rateLimit?.message}
        optional
      >
        {(field) => (
          <Input
            {...field}
            {...register("rateLimit")}
            inputMode="numeric"
            autoComplete="off"
            placeholder="No limit"
            className="w-32 tabular-nums"
          />
        )}
      </FormField>
      {newSecretKind && signatureForms[newSecretKind].secret && (
        <Controller
          control={control}
          name="secretIsBase64"
          render={({ field }) => (
            <OwnSecretField
              {...register("secret")}
              kind={newSecretKind}
              text={secret}
              error={errors.secret?.message}
              isBase64={field.value}
              onIsBase64Change={field.onChange}
            />
          )}
        />
      )}
    </div>
  );
}
