"use client";

import { useState } from "react";
import { useForm } from "react-hook-form";
import { encode } from "uqr";
import { CopyButton } from "@/components/ui/copy-button";
import {
  Dialog,
  DialogBody,
  DialogContent,
  DialogDescription,
  DialogHeader,
  DialogTitle,
} from "@/components/ui/dialog";
import { FieldError, FormField } from "@/components/ui/field";
import { FormFooter } from "@/components/ui/form-footer";
import { Input } from "@/components/ui/input";
import { applyFieldErrors } from "@/lib/api-client/apply-field-errors";
import type { SecondFactorOffer } from "@/lib/contract/account";
import { RecoveryCodes } from "./recovery-codes";
import { changeAccount, useAccountAct } from "./use-account";

/** The secret as a QR code and as text, a code to verify it, then the recovery codes. */
export function EnableSecondFactorDialog({
  offer,
  onClose,
}: {
  offer: SecondFactorOffer;
  onClose: () => void;
}) {
  const [failure, setFailure] = useState<string>();
  const enable = useAccountAct((body: { code: string }) =>
    changeAccount<{ recoveryCodes: string[] }>("/second-factor/enable", "POST", body),
  );
  const { register, handleSubmit, setError, formState } = useForm({ defaultValues: { code: "" } });
  const { errors, isSubmitting } = formState;
  const submit = handleSubmit(async (values) => {
    setFailure(undefined);
    try {
      await enable.mutateAsync(values);
    } catch (error) {
      setFailure(applyFieldErrors(error, ["code"], setError));
    }
  });
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()}>
      <DialogContent className="sm:max-w-md" onInteractOutside={(event) => event.preventDefault()}>
        {enable.data ? (
          <RecoveryCodes codes={enable.data.recoveryCodes} onDone={onClose} />
        ) : (
          <form onSubmit={submit} noValidate>
            <DialogHeader>
              <DialogTitle>Turn on two-factor authentication</DialogTitle>
              <DialogDescription>
                Scan the QR code with an authenticator app, then enter the code that the app shows.
              </DialogDescription>
            </DialogHeader>
            <DialogBody className="grid gap-4">
              <QrCode text={offer.uri} />
              <div className="grid gap-1">
                <p className="text-muted-foreground text-xs">Or enter this key in the app:</p>
                <p className="flex items-center gap-2">
                  <code className="break-all font-mono text-sm">{offer.secret}</code>
                  <CopyButton value={offer.secret} label="Copy the key" />
                </p>
              </div>
              <FormField label="Code" error={errors.code?.message}>
                {(control) => (
                  <Input
                    autoFocus
                    autoComplete="one-time-code"
                    inputMode="numeric"
                    className="max-w-40 font-mono"
                    {...register("code")}
                    {...control}
                  />
                )}
              </FormField>
              <FieldError>{failure}</FieldError>
            </DialogBody>
            <FormFooter pending={isSubmitting} onCancel={onClose}>
              Turn on
            </FormFooter>
          </form>
        )}
      </DialogContent>
    </Dialog>
  );
}

/** Black on white in both themes: not every app reads the inverse. */
function QrCode({ text }: { text: string }) {
  const { data, size } = encode(text);
  const path = data.flatMap((row, y) => row.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : ""))).join("");
  return (
    <svg
      role="img"
      aria-label="QR code of the key"
      viewBox={`0 0 ${size} ${size}`}
      shapeRendering="crispEdges"
      className="size-44 justify-self-center rounded-md bg-white"
    >
      <path d={path} fill="black" />
    </svg>
  );
}
