"use client";

import { useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useWorkspace } from "@/components/shell/use-workspace";
import { Button } from "@/components/ui/button";
import { CodeBlock } from "@/components/ui/code-block";
import {
  Dialog,
  DialogBody,
  DialogContent,
  DialogDescription,
  DialogFooter,
  DialogHeader,
  DialogTitle,
} from "@/components/ui/dialog";
import { FieldError, FormField } from "@/components/ui/field";
import { FormFooter } from "@/components/ui/form-footer";
import { formatMoment } from "@/components/ui/format-time";
import { Select, SelectContent, SelectItem, SelectTrigger, SelectValue } from "@/components/ui/select";
import { useNow } from "@/components/ui/use-now";
import { ApiError } from "@/lib/api-client/api-error";
import { callApi } from "@/lib/api-client/call-api";
import { queryKeys } from "@/lib/api-client/query-keys";
import type { EndpointOutput, SecretOutput } from "@/lib/contract/endpoints";
import { expireOldAfterHoursDefault } from "@/lib/core/signatures";
import { OwnSecretField } from "./own-secret-field";
import { signatureTexts } from "./signature-texts";

const periods = [
  { hours: 0, label: "Not at all, because it leaked" },
  { hours: 1, label: "1 hour" },
  { hours: expireOldAfterHoursDefault, label: "24 hours" },
  { hours: 72, label: "3 days" },
  { hours: 168, label: "7 days" },
];

/** Asks how long the old token keeps signing, replaces it, and shows the new one. */
export function RotateTokenDialog({
  endpoint,
  open,
  onOpenChange,
}: {
  endpoint: EndpointOutput;
  open: boolean;
  onOpenChange: (open: boolean) => void;
}) {
  const { slug } = useWorkspace();
  const client = useQueryClient();
  const [rotated, setRotated] = useState<SecretOutput | null>(null);
  return (
    <Dialog open={open} onOpenChange={onOpenChange}>
      <DialogContent className="sm:max-w-lg">
        {rotated ? (
          <Rotated rotated={rotated} endpoint={endpoint} onDone={() => onOpenChange(false)} />
        ) : (
          <RotateForm
            endpoint={endpoint}
            onCancel={() => onOpenChange(false)}
            onRotated={(secret) => {
              setRotated(secret);
              void client.invalidateQueries({ queryKey: queryKeys.endpoints(slug) });
            }}
          />
        )}
      </DialogContent>
    </Dialog>
  );
}

function RotateForm({
  endpoint,
  onCancel,
  onRotated,
}: {
  endpoint: EndpointOutput;
  onCancel: () => void;
  onRotated: (secret: SecretOutput) => void;
}) {
  const { slug } = useWorkspace();
  const [hours, setHours] = useState(String(expireOldAfterHoursDefault));
  const [own, setOwn] = useState("");
  const [isBase64, setIsBase64] = useState(false);
  const [pending, setPending] = useState(false);
  const [error, setError] = useState<{ own?: string; form?: string }>({});
  const words = signatureTexts[endpoint.signature].secret;

  async function submit(event: FormEvent) {
    event.preventDefault();
    setPending(true);
    setError({});
    try {
      onRotated(
        await callApi("POST /endpoints/{id}/secret/rotate", {
          workspace: slug,
          params: { id: endpoint.id },
          body: {
            expireOldAfterHours: Number(hours),
            ...(own.trim() === "" ? {} : { secret: own.trim() }),
            ...(own.trim() !== "" && isBase64 ? { secretEncoding: "base64" } : {}),
          },
        }),
      );
    } catch (cause) {
      const problem = cause instanceof ApiError ? cause : null;
      const ofSecret = problem?.errors.find(({ path }) => path === "secret")?.message;
      setError(
        ofSecret ? { own: ofSecret } : { form: problem?.detail ?? "Something went wrong. Try again." },
      );
      setPending(false);
    }
  }

  return (
    <form noValidate onSubmit={submit}>
      <DialogHeader>
        <DialogTitle>
          Rotate the {words?.rotated} of {endpoint.name}
        </DialogTitle>
        <DialogDescription>
          {hours === "0"
            ? `The old ${words?.short} stops working now. Until the receiver has the new one, it refuses requests, which are then retried.`
            : `A new ${words?.made} is created. For the time you choose, each request carries both signatures, so nothing is refused while you update the receiver.`}
        </DialogDescription>
      </DialogHeader>
      <DialogBody>
        <FormField label={`How long the old ${words?.short} also signs`}>
          {(field) => (
            <Select value={hours} onValueChange={setHours}>
              <SelectTrigger {...field} className="w-full sm:w-64">
                <SelectValue />
              </SelectTrigger>
              <SelectContent>
                {periods.map((period) => (
                  <SelectItem key={period.hours} value={String(period.hours)}>
                    {period.label}
                  </SelectItem>
                ))}
              </SelectContent>
            </Select>
          )}
        </FormField>
        <OwnSecretField
          kind={endpoint.signature}
          value={own}
          text={own}
          error={error.own}
          onChange={(event) => {
            setOwn(event.target.value);
            setError({});
          }}
          isBase64={isBase64}
          onIsBase64Change={setIsBase64}
        />
        <FieldError>{error.form}</FieldError>
      </DialogBody>
      <FormFooter pending={pending} onCancel={onCancel}>
        Rotate token
      </FormFooter>
    </form>
  );
}

function Rotated({
  rotated,
  endpoint,
  onDone,
}: {
  rotated: SecretOutput;
  endpoint: EndpointOutput;
  onDone: () => void;
}) {
  const [previous] = rotated.expiring;
  const now = useNow() ?? new Date();
  const { given } = signatureTexts[endpoint.signature];
  return (
    <>
      <DialogHeader>
        <DialogTitle>
          The new {given} of {endpoint.name}
        </DialogTitle>
        <DialogDescription>
          Give it to the receiver.{" "}
          {previous
            ? `The old one also signs until ${formatMoment(new Date(previous.expiresAt), now)}.`
            : "The old one no longer signs."}
        </DialogDescription>
      </DialogHeader>
      <DialogBody>
        <CodeBlock code={rotated.publicKey ?? rotated.secret ?? ""} label={`new ${given}`} wrap />
      </DialogBody>
      <DialogFooter>
        <Button onClick={onDone}>Done</Button>
      </DialogFooter>
    </>
  );
}
