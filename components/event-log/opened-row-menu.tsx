"use client";

import type { ReactElement } from "react";
import { webhookPaths } from "@/components/data/webhook-paths";
import { useWorkspace } from "@/components/shell/use-workspace";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from "@/components/ui/dropdown-menu";
import { toast } from "@/components/ui/toast";
import { useCopy } from "@/components/ui/use-copy";
import type { DeliveryOutput } from "@/lib/contract/deliveries";
import type { RowActions } from "./log-rows";
import { sendLabel } from "./sheet/send-label";

/** The opened menu of a row of the log, around its button. */
export function OpenedRowMenu({
  row,
  selected,
  actions: { onRetry, onToggle },
  children,
}: {
  row: DeliveryOutput;
  selected: boolean;
  actions: RowActions;
  children: ReactElement;
}) {
  const { slug } = useWorkspace();
  const { copy } = useCopy();
  const copied = async (text: string, what: string) => {
    if (await copy(text)) toast.success(`${what} is copied`);
    else toast.error("The browser did not allow copying.");
  };
  const link = () =>
    new URL(webhookPaths.delivery(slug, row.endpointId, row.id, row.test), window.location.href).href;
  return (
    <DropdownMenu defaultOpen>
      <DropdownMenuTrigger asChild>{children}</DropdownMenuTrigger>
      <DropdownMenuContent>
        {onRetry && (
          <DropdownMenuItem disabled={row.inFlight} onSelect={() => onRetry(row.id)}>
            {sendLabel(row)}
          </DropdownMenuItem>
        )}
        {onToggle && (
          <DropdownMenuItem onSelect={() => onToggle(row.id, false)}>
            {selected ? "Deselect" : "Select"}
          </DropdownMenuItem>
        )}
        {(onRetry || onToggle) && <DropdownMenuSeparator />}
        <DropdownMenuItem onSelect={() => void copied(link(), "The link")}>Copy link</DropdownMenuItem>
        <DropdownMenuItem onSelect={() => void copied(row.id, "The delivery id")}>
          Copy delivery id
        </DropdownMenuItem>
      </DropdownMenuContent>
    </DropdownMenu>
  );
}
