"use client";

import { Badge } from "@/components/ui/badge";
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
import { useNow } from "@/components/ui/use-now";
import type { ApiKeyOutput } from "@/lib/contract/api-keys";
import { ScopeSummary } from "./scope-summary";

type ApiKeyListProps = {
  keys: ApiKeyOutput[];
  /** Omitted for people who may not change keys. */
  acts?: KeyActs | undefined;
};

type KeyActs = { onRotate: (key: ApiKeyOutput) => void; onRevoke: (key: ApiKeyOutput) => void };

/** A table; a list of two-line entries if there is no room for one. */
export function ApiKeyList(props: ApiKeyListProps) {
  const wide = useMinWidth(900);
  return wide ? <ApiKeyTable {...props} /> : <ApiKeyEntries {...props} />;
}

function ApiKeyTable({ keys, acts }: ApiKeyListProps) {
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
            {acts && (
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
                <span className="mr-2">{key.name}</span>
                <End apiKey={key} />
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
              <TableCell className="py-1.5">
                <LastUsed apiKey={key} />
              </TableCell>
              {acts && (
                <TableCell className="whitespace-nowrap text-right">
                  <KeyButtons apiKey={key} acts={acts} />
                </TableCell>
              )}
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </div>
  );
}

function ApiKeyEntries({ keys, acts }: ApiKeyListProps) {
  return (
    <ul data-live="" className="divide-y divide-border rounded-lg border border-border">
      {keys.map((key) => (
        <li key={key.id} className="grid grid-cols-1 gap-1 px-3 py-2.5">
          <div className="flex items-center gap-2">
            <span className="min-w-0 flex-1 truncate font-medium">{key.name}</span>
            {acts && <KeyButtons apiKey={key} acts={acts} />}
          </div>
          <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <span className="font-mono text-xs">{key.hint}</span>
            <ScopeSummary scopes={key.scopes} />
            <End apiKey={key} />
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
  const { lastUsedAt, lastUsedFrom } = apiKey;
  return (
    <span className="whitespace-nowrap text-muted-foreground" title={lastUsedFrom ?? undefined}>
      {lastUsedAt ? <RelativeTime value={lastUsedAt} /> : "never"}
      {lastUsedFrom && <span className="block text-xs">from {lastUsedFrom}</span>}
    </span>
  );
}

/** When it expires or has expired; nothing for a key without expiry. */
function End({ apiKey: { expiresAt, replaced } }: { apiKey: ApiKeyOutput }) {
  const now = useNow(60_000);
  if (expiresAt === null) return null;
  const isOver = now !== null && new Date(expiresAt) <= now;
  return (
    <Badge variant={isOver ? "danger" : "warning"} className="font-normal">
      {replaced ? "Replaced, " : ""}
      {isOver ? "expired" : "expires"} <RelativeTime value={expiresAt} />
    </Badge>
  );
}

function KeyButtons({ apiKey, acts }: { apiKey: ApiKeyOutput; acts: KeyActs }) {
  const now = useNow(60_000);
  const isOver = apiKey.expiresAt !== null && now !== null && new Date(apiKey.expiresAt) <= now;
  return (
    <>
      {!apiKey.replaced && !isOver && (
        <Button
          variant="ghost"
          size="sm"
          aria-label={`Rotate ${apiKey.name}`}
          onClick={() => acts.onRotate(apiKey)}
        >
          Rotate
        </Button>
      )}
      <Button
        variant="ghost"
        size="sm"
        className="text-danger"
        aria-label={`Revoke ${apiKey.name}`}
        onClick={() => acts.onRevoke(apiKey)}
      >
        Revoke
      </Button>
    </>
  );
}
