"use client";

import { downloadExport } from "@/components/data/download-export";
import { useCan } from "@/components/shell/use-workspace";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from "@/components/ui/dropdown-menu";
import { toast } from "@/components/ui/toast";
import type { DeliveriesFilter } from "@/lib/contract/deliveries";
import type { EventsFilter } from "@/lib/contract/events";
import { ExportButton } from "./export-button";
import type { ExportPath } from "./log-export";

/** The menu with the formats of an export of what is filtered. */
export function ExportMenu({
  path,
  workspace,
  filter,
}: {
  path: ExportPath;
  workspace: string;
  filter: DeliveriesFilter | EventsFilter;
}) {
  const seesPayloads = useCan("payloads:read");
  const download = (format: "csv" | "ndjson", payload = false) =>
    void downloadExport(path, { workspace, filter, format, payload }).catch((error: unknown) =>
      toast.error(error instanceof Error ? error.message : "The export failed."),
    );
  return (
    <DropdownMenu defaultOpen>
      <DropdownMenuTrigger asChild>
        <ExportButton />
      </DropdownMenuTrigger>
      <DropdownMenuContent>
        <DropdownMenuItem onSelect={() => download("csv")}>CSV, for spreadsheets</DropdownMenuItem>
        <DropdownMenuItem onSelect={() => download("ndjson")}>
          NDJSON, one JSON object per line
        </DropdownMenuItem>
        {seesPayloads && (
          <>
            <DropdownMenuSeparator />
            <DropdownMenuItem onSelect={() => download("csv", true)}>CSV with payloads</DropdownMenuItem>
            <DropdownMenuItem onSelect={() => download("ndjson", true)}>
              NDJSON with payloads
            </DropdownMenuItem>
          </>
        )}
      </DropdownMenuContent>
    </DropdownMenu>
  );
}
