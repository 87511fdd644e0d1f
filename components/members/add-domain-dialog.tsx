"use client";

import { useState } from "react";
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
import { ApiError } from "@/lib/api-client/api-error";
import { type JoiningRole, joiningRoles } from "@/lib/core/email-domains";
import { RoleChoice } from "./role-choice";
import { useAddDomain } from "./use-email-domains";

/** Asks for the domain, the address there that gets the email, and the role of people who join. */
export function AddDomainDialog({ sendsEmails, onClose }: { sendsEmails: boolean; onClose: () => void }) {
  const add = useAddDomain();
  const [domain, setDomain] = useState("");
  const [localPart, setLocalPart] = useState("");
  const [role, setRole] = useState<JoiningRole>("viewer");
  const { error } = add;
  const wrong = (path: string) =>
    error instanceof ApiError ? error.errors.find((one) => one.path === path)?.message : undefined;
  const isAtField = ["domain", "localPart"].some(wrong);
  const name = domain.trim().replace(/^@/, "");
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()}>
      <DialogContent className="sm:max-w-lg">
        <form
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            add.mutate({ domain, localPart, role }, { onSuccess: onClose });
          }}
        >
          <DialogHeader>
            <DialogTitle>Add a domain</DialogTitle>
            <DialogDescription>
              {sendsEmails
                ? "An email is sent to an address at the domain. When someone opens its link within 7 days, people at the domain can join."
                : "This Posthorn sends no emails. You can add the domain now and verify it when SMTP_URL is set."}
            </DialogDescription>
          </DialogHeader>
          <DialogBody>
            <FormField label="Domain" description="Subdomains are not included." error={wrong("domain")}>
              {(control) => (
                <Input
                  {...control}
                  autoComplete="off"
                  autoCapitalize="none"
                  spellCheck={false}
                  inputMode="url"
                  placeholder="example.com"
                  value={domain}
                  onChange={(event) => setDomain(event.target.value)}
                />
              )}
            </FormField>
            <FormField label="Send the email to" error={wrong("localPart")}>
              {(control) => (
                <div className="flex min-w-0 items-center gap-1.5">
                  <Input
                    {...control}
                    className="min-w-32 flex-1"
                    autoComplete="off"
                    autoCapitalize="none"
                    spellCheck={false}
                    placeholder="postmaster"
                    value={localPart}
                    onChange={(event) => setLocalPart(event.target.value)}
                  />
                  <span className="min-w-0 max-w-1/2 truncate text-muted-foreground">
                    @{name || "example.com"}
                  </span>
                </div>
              )}
            </FormField>
            <RoleChoice
              legend="Role of people who join"
              offered={joiningRoles}
              value={role}
              onChange={setRole}
            />
            <FieldError className="rounded-md bg-danger-soft px-2.5 py-2 text-sm">
              {isAtField ? undefined : error?.message}
            </FieldError>
          </DialogBody>
          <FormFooter pending={add.isPending} onCancel={onClose}>
            {add.isPending ? "Adding…" : "Add domain"}
          </FormFooter>
        </form>
      </DialogContent>
    </Dialog>
  );
}
