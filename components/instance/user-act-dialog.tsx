"use client";

import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import type { InstanceUserOutput } from "@/lib/contract/instance";
import { useEndSessions, useUpdateUser } from "./use-instance";

export type UserAct = "promote" | "demote" | "endSessions" | "disable" | "enable";

type Words = { title: (name: string) => string; description: string; act: string; destructive: boolean };

const words: Record<UserAct, Words> = {
  promote: {
    title: (name) => `Make ${name} an operator?`,
    description:
      "Operators see every workspace's name and limits, change accounts, and make others operators. They can't see events of workspaces they are not in.",
    act: "Make operator",
    destructive: false,
  },
  demote: {
    title: (name) => `Remove ${name} from the operators?`,
    description: "They stay in their workspaces, but can no longer see this page.",
    act: "Remove operator",
    destructive: true,
  },
  endSessions: {
    title: (name) => `Sign ${name} out everywhere?`,
    description: "Each of their browsers is signed out at once. They can sign in again.",
    act: "End sessions",
    destructive: true,
  },
  disable: {
    title: (name) => `Disable ${name}?`,
    description:
      "They are signed out at once and can't sign in. API keys that they created stop working, in every workspace. Enabling the account undoes this.",
    act: "Disable account",
    destructive: true,
  },
  enable: {
    title: (name) => `Enable ${name}?`,
    description: "They can sign in again, and API keys that they created work again.",
    act: "Enable account",
    destructive: false,
  },
};

/** Asks before changing another person's account, and says what happens then. */
export function UserActDialog({
  user,
  act,
  onClose,
}: {
  user: InstanceUserOutput;
  act: UserAct;
  onClose: () => void;
}) {
  const update = useUpdateUser();
  const endSessions = useEndSessions();
  const { title, description, act: label, destructive } = words[act];
  const { id } = user;
  const run = () => {
    if (act === "endSessions") endSessions.mutate(user, { onSuccess: onClose });
    else {
      const change =
        act === "promote" || act === "demote"
          ? { isOperator: act === "promote" }
          : { disabled: act === "disable" };
      update.mutate({ id, ...change }, { onSuccess: onClose });
    }
  };
  return (
    <ConfirmDialog
      title={title(user.name)}
      description={description}
      confirm={label}
      destructive={destructive}
      pending={update.isPending || endSessions.isPending}
      error={update.error?.message ?? endSessions.error?.message}
      onConfirm={run}
      onClose={onClose}
    />
  );
}
