"use client";

import { Badge } from "@/components/ui/badge";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import type { MemberOutput } from "@/lib/contract/members";
import { type Role, roleTexts } from "@/lib/core/roles";
import type { KeyThatLoses } from "./keys-that-lose";

/** Asks before lowering a role if API keys would lose scopes, and lists these. */
export function LowerRoleDialog({
  member: { name, isYou },
  role,
  keys,
  pending,
  error,
  onConfirm,
  onClose,
}: {
  member: MemberOutput;
  /** The chosen role. */
  role: Role;
  keys: KeyThatLoses[];
  pending: boolean;
  error: string | undefined;
  onConfirm: () => void;
  onClose: () => void;
}) {
  const whose = isYou ? "your role" : `the role of ${name}`;
  const makers = isYou ? "you" : "they";
  return (
    <ConfirmDialog
      title={`Change ${whose} to ${roleTexts[role].name.toLowerCase()}?`}
      description={
        keys.length === 1
          ? `An API key that ${makers} created loses scopes at once. Requests that need them will be refused with 403.`
          : `${keys.length} API keys that ${makers} created lose scopes at once. Requests that need them will be refused with 403.`
      }
      confirm={pending ? "Changing…" : "Change role"}
      pending={pending}
      error={error}
      onConfirm={onConfirm}
      onClose={onClose}
    >
      <ul
        aria-label="API keys that lose scopes"
        className="mt-1.5 max-h-60 divide-y divide-border overflow-y-auto rounded-lg border border-border"
      >
        {keys.map((key, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: two keys may have one name
          <li key={at} className="grid gap-1.5 px-3 py-2">
            <span className="break-words font-medium">{key.name}</span>
            <span className="flex flex-wrap gap-1">
              {key.scopes.map((scope) => (
                <Badge key={scope} className="font-mono font-normal">
                  {scope}
                </Badge>
              ))}
            </span>
          </li>
        ))}
      </ul>
    </ConfirmDialog>
  );
}
