import { Check, Minus } from "lucide-react";
import {
  Table,
  TableBody,
  TableCaption,
  TableCell,
  TableHead,
  TableHeader,
  TableRow,
} from "@/components/ui/table";
import type { Scope } from "@/lib/core/api-keys";
import { permissions, type Role, roles, roleTexts } from "@/lib/core/roles";

/** What each role may do, from the table that the API uses. */
export function RoleTable() {
  return (
    <section aria-labelledby="roles" className="grid min-w-0 gap-3">
      <h2 id="roles" className="font-semibold text-base">
        What each role can do
      </h2>
      <Table>
        <TableCaption>What each role can do</TableCaption>
        <TableHeader>
          <tr>
            <TableHead>Can</TableHead>
            {roles.map((role) => (
              <TableHead key={role} className="max-sm:px-2">
                {roleTexts[role].name}
              </TableHead>
            ))}
          </tr>
        </TableHeader>
        <TableBody>
          {(Object.keys(permissions) as Scope[]).map((scope) => (
            <TableRow key={scope}>
              <TableCell className="w-full min-w-28 first-letter:uppercase">
                {permissions[scope].deed}
              </TableCell>
              {roles.map((role) => (
                <TableCell key={role} className="max-sm:px-2">
                  <Answer scope={scope} role={role} />
                </TableCell>
              ))}
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </section>
  );
}

function Answer({ scope, role }: { scope: Scope; role: Role }) {
  const permission = permissions[scope];
  if (!permission.roles.includes(role)) {
    return (
      <>
        <Minus aria-hidden="true" className="size-4 text-muted-foreground" />
        <span className="sr-only">No</span>
      </>
    );
  }
  if (permission.viewersBy && role === "viewer") {
    return <span className="text-muted-foreground text-xs">By a setting</span>;
  }
  if (permission.keysOf && !permission.keysOf.includes(role)) {
    return <span className="text-muted-foreground text-xs">Not by API key</span>;
  }
  return (
    <>
      <Check aria-hidden="true" className="size-4 text-success" />
      <span className="sr-only">Yes</span>
    </>
  );
}
