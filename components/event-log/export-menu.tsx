"use client";

import { downloadExport } from "@/components/data/download-export";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuTrigger,
} from "@/components/ui/dropdown-menu";
import { toast } from "@/components/ui/toast";
import type { DeliveriesFilter } from "@/lib/contract/deliveries";
import { ExportButton } from "./export-button";

/** The menu with the formats of an export of what is filtered. */
export function ExportMenu({ workspace, filter }: { workspace: string; filter: DeliveriesFilter }) {
  const download = (format: "csv" | "ndjson") =>
    void downloadExport("/api/v1/deliveries/export", { workspace, filter, format }).catch((error: unknown) =>
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
      </DropdownMenuContent>
    </DropdownMenu>
  );
}
