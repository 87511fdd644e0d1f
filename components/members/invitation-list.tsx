"use client";

import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { RelativeTime } from "@/components/ui/time";
import type { InvitationOutput } from "@/lib/contract/members";
import { roleTexts } from "@/lib/core/roles";
import { useRevokeInvitation } from "./use-members";

/** Invitations that have not been accepted yet. */
export function InvitationList({
  invitations,
  onResend,
}: {
  invitations: InvitationOutput[];
  onResend: (invitation: InvitationOutput) => void;
}) {
  const revoke = useRevokeInvitation();
  return (
    <section aria-labelledby="invitations" className="grid gap-3">
      <h2 id="invitations" className="font-semibold text-base">
        Invitations
      </h2>
      <ul className="divide-y divide-border rounded-lg border border-border">
        {invitations.map((invitation) => {
          const { id, email, role, invitedBy, createdAt, expiresAt, expired } = invitation;
          return (
            <li key={id} className="flex flex-wrap items-center gap-x-4 gap-y-2 px-3 py-2.5">
              <div className="min-w-48 flex-1">
                <p className="flex flex-wrap items-center gap-1.5">
                  <span className="break-all font-medium">{email}</span>
                  <Badge>{roleTexts[role].name}</Badge>
                  {expired && <Badge variant="warning">Expired</Badge>}
                </p>
                <p className="text-muted-foreground text-xs">
                  Invited {invitedBy && `by ${invitedBy} `}
                  <RelativeTime value={createdAt} />
                  {!expired && (
                    <>
                      {" "}
                      · expires <RelativeTime value={expiresAt} />
                    </>
                  )}
                </p>
              </div>
              <div className="flex gap-1">
                <Button
                  variant="ghost"
                  size="sm"
                  aria-label={`New link for ${email}`}
                  onClick={() => onResend(invitation)}
                >
                  New link
                </Button>
                <Button
                  variant="ghost"
                  size="sm"
                  className="text-danger"
                  aria-label={`Revoke the invitation of ${email}`}
                  pending={revoke.isPending && revoke.variables.id === id}
                  onClick={() => revoke.mutate(invitation)}
                >
                  Revoke
                </Button>
              </div>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
