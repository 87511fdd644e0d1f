"use client";

import { NativeSelect } from "@/components/ui/native-select";
import { type Role, roleTexts } from "@/lib/core/roles";

/** A choice of the offered roles; a native select, because our own would be larger than the rest of the page. */
export function RoleSelect<Offered extends Role>({
  label,
  offered,
  value,
  onChange,
}: {
  /** For a screen reader. */
  label: string;
  offered: readonly Offered[];
  value: Offered;
  onChange: (role: Offered) => void;
}) {
  return (
    <NativeSelect
      aria-label={label}
      value={value}
      onChange={(event) => {
        const role = offered.find((one) => one === event.target.value);
        if (role) onChange(role);
      }}
      className="w-32"
    >
      {offered.map((role) => (
        <option key={role} value={role}>
          {roleTexts[role].name}
        </option>
      ))}
    </NativeSelect>
  );
}
