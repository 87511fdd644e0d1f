"use client";

import { UserPlus } from "lucide-react";
import dynamic from "next/dynamic";
import { useState } from "react";
import { PageHeader } from "@/components/shell/page-header";
import { useCan } from "@/components/shell/use-workspace";
import { Button } from "@/components/ui/button";
import { ErrorState } from "@/components/ui/error-state";
import { Skeleton } from "@/components/ui/skeleton";
import { useReadError } from "@/components/ui/use-read-error";
import type { InvitationOutput, MemberOutput } from "@/lib/contract/members";
import { DomainSection } from "./domain-section";
import { InvitationList } from "./invitation-list";
import { MemberList } from "./member-list";
import { RoleTable } from "./role-table";
import { useInvitations, useMembers } from "./use-members";

const InviteDialog = dynamic(async () => (await import("./invite-dialog")).InviteDialog, { ssr: false });
const RemoveMemberDialog = dynamic(async () => (await import("./remove-member-dialog")).RemoveMemberDialog, {
  ssr: false,
});

/** Settings › Members: the members, the invitations, and what each role may do. */
export function MembersPanel() {
  const mayWrite = useCan("members:write");
  const members = useMembers();
  const invitations = useInvitations(mayWrite);
  const failure = useReadError(members);
  const [inviting, setInviting] = useState<InvitationOutput | "new">();
  const [removing, setRemoving] = useState<MemberOutput>();
  const open = invitations.data?.data ?? [];
  return (
    <>
      <PageHeader
        title="Members"
        description={
          mayWrite
            ? "Who is in this workspace, and what they can do."
            : "Only an owner of this workspace can invite, change or remove members."
        }
        actions={
          mayWrite && (
            <Button onClick={() => setInviting("new")}>
              <UserPlus aria-hidden="true" />
              Invite
            </Button>
          )
        }
      />
      <div className="grid max-w-4xl grid-cols-1 gap-8">
        {failure ? (
          <ErrorState
            title="The members could not be loaded"
            error={failure}
            onRetry={() => members.refetch()}
            retrying={members.isFetching}
          />
        ) : members.data ? (
          <MemberList members={members.data.data} onRemove={mayWrite ? setRemoving : undefined} />
        ) : (
          <Skeleton className="h-32 w-full" />
        )}
        {open.length > 0 && <InvitationList invitations={open} onResend={setInviting} />}
        {mayWrite && <DomainSection />}
        <RoleTable />
      </div>
      {inviting && (
        <InviteDialog
          resend={inviting === "new" ? undefined : inviting}
          onClose={() => setInviting(undefined)}
        />
      )}
      {removing && <RemoveMemberDialog member={removing} onClose={() => setRemoving(undefined)} />}
    </>
  );
}
