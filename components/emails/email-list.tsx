"use client";

import {
  Table,
  TableBody,
  TableCaption,
  TableCell,
  TableHead,
  TableHeader,
  TableRow,
} from "@/components/ui/table";
import { RelativeTime } from "@/components/ui/time";
import { useMinWidth } from "@/components/ui/use-min-width";
import type { EmailOutput } from "@/lib/contract/emails";
import { EmailStatus } from "./email-status";

type EmailListProps = { emails: EmailOutput[]; onOpen: (id: string) => void };

/** A table; a list of two-line entries if there is no room for one. */
export function EmailList(props: EmailListProps) {
  const wide = useMinWidth(768);
  return wide ? <EmailTable {...props} /> : <EmailEntries {...props} />;
}

function EmailTable({ emails, onOpen }: EmailListProps) {
  return (
    <Table>
      <TableCaption>Emails to owners of this workspace, newest first</TableCaption>
      <TableHeader>
        <tr>
          <TableHead>Subject</TableHead>
          <TableHead>To</TableHead>
          <TableHead>Status</TableHead>
          <TableHead>Written</TableHead>
        </tr>
      </TableHeader>
      <TableBody>
        {emails.map((email) => (
          <TableRow key={email.id}>
            <TableCell className="w-full max-w-0">
              <Subject email={email} onOpen={onOpen} />
            </TableCell>
            <TableCell className="max-w-56 truncate text-muted-foreground" title={email.recipient}>
              {email.recipient}
            </TableCell>
            <TableCell>
              <EmailStatus email={email} />
            </TableCell>
            <TableCell>
              <RelativeTime value={email.createdAt} className="text-muted-foreground" />
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}

function EmailEntries({ emails, onOpen }: EmailListProps) {
  return (
    <ul
      data-live=""
      aria-label="Emails to owners of this workspace, newest first"
      className="divide-y divide-border rounded-lg border border-border"
    >
      {emails.map((email) => (
        <li key={email.id} className="grid grid-cols-1 gap-1 px-3 py-2.5">
          <Subject email={email} onOpen={onOpen} wrap />
          <div className="flex items-center gap-2 text-muted-foreground text-xs">
            <EmailStatus email={email} />
            <span className="min-w-0 flex-1 truncate" title={email.recipient}>
              {email.recipient}
            </span>
            <RelativeTime value={email.createdAt} />
          </div>
        </li>
      ))}
    </ul>
  );
}

function Subject({
  email,
  onOpen,
  wrap = false,
}: {
  email: EmailOutput;
  onOpen: (id: string) => void;
  wrap?: boolean;
}) {
  return (
    <button
      type="button"
      title={wrap ? undefined : email.subject}
      onClick={() => onOpen(email.id)}
      className={`block max-w-full rounded-sm text-left font-medium hover:underline ${wrap ? "break-words" : "truncate"}`}
    >
      {email.subject}
    </button>
  );
}
