"use client";

import { cn } from "@/components/ui/cn";
import { inputClasses } from "@/components/ui/input";
import { type Role, roles, roleTexts } from "@/lib/core/roles";

/** One of the roles; the browser's own menu, since one of ours would weigh more than the rest of the page. */
export function RoleSelect({
  label,
  value,
  onChange,
}: {
  /** For a screen reader. */
  label: string;
  value: Role;
  onChange: (role: Role) => void;
}) {
  return (
    <select
      aria-label={label}
      value={value}
      onChange={(event) => {
        const role = roles.find((one) => one === event.target.value);
        if (role) onChange(role);
      }}
      className={cn(inputClasses, "h-8 w-32 read-only:bg-background")}
    >
      {roles.map((role) => (
        <option key={role} value={role}>
          {roleTexts[role].name}
        </option>
      ))}
    </select>
  );
}
