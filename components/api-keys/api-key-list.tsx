"use client";

import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
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
import type { ApiKeyOutput } from "@/lib/contract/api-keys";
import { ScopeSummary } from "./scope-summary";

type ApiKeyListProps = {
  keys: ApiKeyOutput[];
  /** Left out for people who may not revoke. */
  onRevoke?: (key: ApiKeyOutput) => void;
};

/** A table; a list of two-line entries if there is no room for one. */
export function ApiKeyList(props: ApiKeyListProps) {
  const wide = useMinWidth(900);
  return wide ? <ApiKeyTable {...props} /> : <ApiKeyEntries {...props} />;
}

function ApiKeyTable({ keys, onRevoke }: ApiKeyListProps) {
  return (
    <div className="@container">
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
              <TableCell className="w-full min-w-32 max-w-0 truncate font-medium" title={key.name}>
                {key.name}
              </TableCell>
              <TableCell className="whitespace-nowrap font-mono text-xs">{key.hint}</TableCell>
              <TableCell>
                <ScopeSummary scopes={key.scopes} />
              </TableCell>
              <TableCell className="whitespace-nowrap">
                <Created
                  apiKey={key}
                  className="block max-w-48 truncate"
                  creatorClassName="@max-[900px]:hidden"
                />
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
    </div>
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

function Created({
  apiKey,
  className,
  creatorClassName,
}: {
  apiKey: ApiKeyOutput;
  className?: string;
  creatorClassName?: string;
}) {
  return (
    <span className={cn("text-muted-foreground", className)} title={apiKey.createdBy ?? undefined}>
      <RelativeTime value={apiKey.createdAt} />
      {apiKey.createdBy && <span className={creatorClassName}> by {apiKey.createdBy}</span>}
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
