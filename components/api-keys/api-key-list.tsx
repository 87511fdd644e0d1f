"use client";

import { Button } from "@/components/ui/button";
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
import { useMediaQuery } from "@/components/ui/use-media-query";
import type { ApiKeyOutput } from "@/lib/api-keys/schemas";
import { ScopeSummary } from "./scope-summary";

type ApiKeyListProps = {
  keys: ApiKeyOutput[];
  /** Left out for people who may not revoke. */
  onRevoke?: (key: ApiKeyOutput) => void;
};

/** A table; a list of two-line entries where there is no room for one. */
export function ApiKeyList(props: ApiKeyListProps) {
  const wide = useMediaQuery("(min-width: 768px)");
  return wide ? <ApiKeyTable {...props} /> : <ApiKeyEntries {...props} />;
}

function ApiKeyTable({ keys, onRevoke }: ApiKeyListProps) {
  return (
    <Table>
      <TableCaption>API keys of this workspace, newest first</TableCaption>
      <TableHeader>
        <tr>
          <TableHead>Name</TableHead>
          <TableHead>Key</TableHead>
          <TableHead>Scopes</TableHead>
          <TableHead>Created</TableHead>
          <TableHead>Last used</TableHead>
          {onRevoke && (
            <TableHead>
              <span className="sr-only">Actions</span>
            </TableHead>
          )}
        </tr>
      </TableHeader>
      <TableBody>
        {keys.map((key) => (
          <TableRow key={key.id}>
            <TableCell className="max-w-52 truncate font-medium" title={key.name}>
              {key.name}
            </TableCell>
            <TableCell className="whitespace-nowrap font-mono text-xs">{key.hint}</TableCell>
            <TableCell>
              <ScopeSummary scopes={key.scopes} />
            </TableCell>
            <TableCell>
              <Created apiKey={key} />
            </TableCell>
            <TableCell>
              <LastUsed apiKey={key} />
            </TableCell>
            {onRevoke && (
              <TableCell className="text-right">
                <RevokeButton apiKey={key} onRevoke={onRevoke} />
              </TableCell>
            )}
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}

function ApiKeyEntries({ keys, onRevoke }: ApiKeyListProps) {
  return (
    <ul data-live="" className="divide-y divide-border rounded-lg border border-border">
      {keys.map((key) => (
        <li key={key.id} className="grid grid-cols-1 gap-1 px-3 py-2.5">
          <div className="flex items-center justify-between gap-2">
            <span className="truncate font-medium">{key.name}</span>
            {onRevoke && <RevokeButton apiKey={key} onRevoke={onRevoke} />}
          </div>
          <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <span className="font-mono text-xs">{key.hint}</span>
            <ScopeSummary scopes={key.scopes} />
          </div>
          <p className="text-muted-foreground text-xs">
            Created <Created apiKey={key} /> · Last used <LastUsed apiKey={key} />
          </p>
        </li>
      ))}
    </ul>
  );
}

function Created({ apiKey }: { apiKey: ApiKeyOutput }) {
  return (
    <span className="whitespace-nowrap text-muted-foreground">
      <RelativeTime value={apiKey.createdAt} />
      {apiKey.createdBy && ` by ${apiKey.createdBy}`}
    </span>
  );
}

function LastUsed({ apiKey }: { apiKey: ApiKeyOutput }) {
  return (
    <span className="whitespace-nowrap text-muted-foreground">
      {apiKey.lastUsedAt ? <RelativeTime value={apiKey.lastUsedAt} /> : "never"}
    </span>
  );
}

function RevokeButton({ apiKey, onRevoke }: { apiKey: ApiKeyOutput; onRevoke: (key: ApiKeyOutput) => void }) {
  return (
    <Button
      variant="ghost"
      size="sm"
      className="text-danger"
      aria-label={`Revoke ${apiKey.name}`}
      onClick={() => onRevoke(apiKey)}
    >
      Revoke
    </Button>
  );
}
