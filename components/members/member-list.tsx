"use client";

import dynamic from "next/dynamic";
import { useState } from "react";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { FieldError } from "@/components/ui/field";
import { RelativeTime } from "@/components/ui/time";
import type { MemberOutput } from "@/lib/contract/members";
import { type Role, roles, roleTexts } from "@/lib/core/roles";
import { type KeyThatLoses, keysThatLose } from "./keys-that-lose";
import { RoleSelect } from "./role-select";
import { useSetRole } from "./use-members";

const LowerRoleDialog = dynamic(async () => (await import("./lower-role-dialog")).LowerRoleDialog, {
  ssr: false,
});

type MemberListProps = {
  members: MemberOutput[];
  /** Omitted for people who may not change the members. */
  onRemove?: ((member: MemberOutput) => void) | undefined;
};

export function MemberList({ members, onRemove }: MemberListProps) {
  return (
    <ul data-live="" aria-label="Members" className="divide-y divide-border rounded-lg border border-border">
      {members.map((member) => (
        <MemberEntry key={member.id} member={member} onRemove={onRemove} />
      ))}
    </ul>
  );
}

function MemberEntry({ member, onRemove }: { member: MemberOutput } & Pick<MemberListProps, "onRemove">) {
  const { id, name, email, role, isYou, joinedAt } = member;
  const save = useSetRole();
  const [lowering, setLowering] = useState<{ role: Role; keys: KeyThatLoses[] }>();
  const choose = (chosen: Role) => {
    const keys = keysThatLose(member, chosen);
    if (keys.length > 0) setLowering({ role: chosen, keys });
    else save.mutate({ id, role: chosen });
  };
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 px-3 py-2.5">
      <div className="min-w-48 flex-1">
        <p className="flex items-center gap-1.5">
          <span className="truncate font-medium">{name}</span>
          {isYou && <Badge>You</Badge>}
        </p>
        <p className="break-all text-muted-foreground text-xs">
          {email} · since <RelativeTime value={joinedAt} />
        </p>
        <FieldError>{!lowering && save.error?.message}</FieldError>
      </div>
      {lowering && (
        <LowerRoleDialog
          member={member}
          role={lowering.role}
          keys={lowering.keys}
          pending={save.isPending}
          error={save.error?.message}
          onConfirm={() =>
            save.mutate({ id, role: lowering.role }, { onSuccess: () => setLowering(undefined) })
          }
          onClose={() => {
            save.reset();
            setLowering(undefined);
          }}
        />
      )}
      {onRemove ? (
        <div className="flex items-center gap-1">
          <RoleSelect
            label={`Role of ${name}`}
            offered={roles}
            value={save.isPending ? save.variables.role : role}
            onChange={choose}
          />
          {!isYou && (
            <Button
              variant="ghost"
              size="sm"
              className="text-danger"
              aria-label={`Remove ${name}`}
              onClick={() => onRemove(member)}
            >
              Remove
            </Button>
          )}
        </div>
      ) : (
        <span className="text-muted-foreground">{roleTexts[role].name}</span>
      )}
    </li>
  );
}
