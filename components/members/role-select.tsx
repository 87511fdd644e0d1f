"use client";

import { Select, SelectContent, SelectItem, SelectTrigger, SelectValue } from "@/components/ui/select";
import { type Role, roles, roleTexts } from "@/lib/core/roles";

/** One of the roles. */
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
    <Select
      value={value}
      onValueChange={(chosen) => {
        const role = roles.find((one) => one === chosen);
        if (role) onChange(role);
      }}
    >
      <SelectTrigger aria-label={label} className="w-32">
        <SelectValue />
      </SelectTrigger>
      <SelectContent>
        {roles.map((role) => (
          <SelectItem key={role} value={role}>
            {roleTexts[role].name}
          </SelectItem>
        ))}
      </SelectContent>
    </Select>
  );
}
