"use client";

import { useState } from "react";
import { leaveForProvider } from "@/components/shell/leave-for-provider";
import { Button } from "@/components/ui/button";
import { FieldError } from "@/components/ui/field";
import type { ProfileOutput } from "@/lib/contract/account";
import type { SignInProvider } from "@/lib/core/account";
import { Section } from "./section";
import { changeAccount, useAccountAct } from "./use-account";

/** Accounts at external providers that can sign in here. */
export function ProvidersSection({ profile }: { profile: ProfileOutput }) {
  const [leaving, setLeaving] = useState<SignInProvider | null>(null);
  const [failure, setFailure] = useState("");
  const unlink = useAccountAct((id: SignInProvider) => changeAccount(`/providers/${id}`, "DELETE"));
  const link = async (id: SignInProvider) => {
    setLeaving(id);
    const message = await leaveForProvider(id, "/account/security");
    setFailure(message);
    if (message) setLeaving(null);
  };
  return (
    <Section title="Other ways to sign in" description="Accounts elsewhere that you can sign in with.">
      <ul className="divide-y divide-border rounded-lg border border-border">
        {profile.providers.map(({ id, name, linked }) => (
          <li key={id} className="flex flex-wrap items-center gap-x-4 gap-y-2 px-3 py-2.5">
            <div className="min-w-40 flex-1">
              <p className="font-medium">{name}</p>
              <p className="break-all text-muted-foreground text-xs">
                {linked.length === 0 ? "Not linked" : linked.filter(Boolean).join(", ") || "Linked"}
              </p>
            </div>
            {linked.length === 0 ? (
              <Button
                variant="outline"
                size="sm"
                aria-label={`Link ${name}`}
                pending={leaving === id}
                onClick={() => void link(id)}
              >
                Link
              </Button>
            ) : (
              <Button
                variant="ghost"
                size="sm"
                aria-label={`Unlink ${name}`}
                pending={unlink.isPending && unlink.variables === id}
                onClick={() => unlink.mutate(id)}
              >
                Unlink
              </Button>
            )}
          </li>
        ))}
      </ul>
      <FieldError>{failure || unlink.error?.message}</FieldError>
    </Section>
  );
}
