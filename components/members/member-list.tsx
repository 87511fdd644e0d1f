"use client";

import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { FieldError } from "@/components/ui/field";
import { RelativeTime } from "@/components/ui/time";
import type { MemberOutput } from "@/lib/contract/members";
import { roleTexts } from "@/lib/core/roles";
import { RoleSelect } from "./role-select";
import { useSetRole } from "./use-members";

type MemberListProps = {
  members: MemberOutput[];
  /** Left out for people who may not change who is in the workspace. */
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
        <FieldError>{save.error?.message}</FieldError>
      </div>
      {onRemove ? (
        <div className="flex items-center gap-1">
          <RoleSelect
            label={`Role of ${name}`}
            value={save.isPending ? save.variables.role : role}
            onChange={(chosen) => save.mutate({ id, role: chosen })}
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
