"use client";

import { Check } from "lucide-react";
import dynamic from "next/dynamic";
import { useRouter, useSearchParams } from "next/navigation";
import { useState } from "react";
import { useUpdateView } from "@/components/data/use-saved-views";
import { webhookPaths } from "@/components/data/webhook-paths";
import { useWorkspace } from "@/components/shell/use-workspace";
import { cn } from "@/components/ui/cn";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuLabel,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from "@/components/ui/dropdown-menu";
import { toast } from "@/components/ui/toast";
import type { SavedViewOutput } from "@/lib/contract/saved-views";
import { type SavedLog, savedViewsMax } from "@/lib/core/saved-views";
import { SavedViewsButton } from "./saved-views-button";
import { useOpenView } from "./use-open-view";

const DeleteViewDialog = dynamic(async () => (await import("./delete-view-dialog")).DeleteViewDialog, {
  ssr: false,
});
const ViewNameDialog = dynamic(async () => (await import("./view-name-dialog")).ViewNameDialog, {
  ssr: false,
});

/** Opens a saved view, saves the address's filters as a new view or in one, and renames and deletes the open one. */
export function SavedViewsMenu({ log }: { log: SavedLog }) {
  const { slug } = useWorkspace();
  const router = useRouter();
  const params = new URLSearchParams(useSearchParams());
  const { list, current, changed, query } = useOpenView(log);
  const update = useUpdateView();
  const [asked, setAsked] = useState<"save" | "rename" | "delete" | null>(null);
  const views = list.data?.data;
  const isFull = views !== undefined && views.length >= savedViewsMax;
  const show = (view: SavedViewOutput) => router.push(webhookPaths.savedView(slug, view));
  const saveChanges = () =>
    current &&
    update.mutate({ id: current.id, query }, { onError: ({ message }) => void toast.error(message) });
  const close = () => setAsked(null);
  return (
    <>
      <DropdownMenu defaultOpen>
        <DropdownMenuTrigger asChild>
          <SavedViewsButton name={current?.name} />
        </DropdownMenuTrigger>
        <DropdownMenuContent align="start" className="max-w-80">
          <DropdownMenuLabel>
            {views === undefined
              ? (list.error?.message ?? "Loading your saved views…")
              : views.length === 0
                ? "No saved views yet. Choose filters, then save them here."
                : "Your saved views"}
          </DropdownMenuLabel>
          {views?.map((view) => (
            <DropdownMenuItem key={view.id} onSelect={() => show(view)}>
              <Check aria-hidden="true" className={cn(view.id !== current?.id && "invisible")} />
              <span className="min-w-0 flex-1 truncate">{view.name}</span>
              {view.id === current?.id && <span className="sr-only">(open)</span>}
              {view.log !== log && (
                <span className="text-muted-foreground text-xs">
                  {view.log === "published" ? "Published" : "Deliveries"}
                </span>
              )}
            </DropdownMenuItem>
          ))}
          <DropdownMenuSeparator />
          {changed && <DropdownMenuItem onSelect={saveChanges}>Save changes</DropdownMenuItem>}
          {isFull ? (
            <DropdownMenuLabel>
              You have {savedViewsMax} saved views, which is the limit. To save another, open one and delete
              it.
            </DropdownMenuLabel>
          ) : (
            <DropdownMenuItem disabled={query === ""} onSelect={() => setAsked("save")}>
              Save as a new view…
            </DropdownMenuItem>
          )}
          {current && <DropdownMenuItem onSelect={() => setAsked("rename")}>Rename…</DropdownMenuItem>}
          {current && (
            <DropdownMenuItem variant="destructive" onSelect={() => setAsked("delete")}>
              Delete…
            </DropdownMenuItem>
          )}
        </DropdownMenuContent>
      </DropdownMenu>
      {asked === "save" && (
        <ViewNameDialog
          filters={{ log, query }}
          onClose={close}
          onSaved={(view) => {
            close();
            show(view);
          }}
        />
      )}
      {asked === "rename" && current && <ViewNameDialog view={current} onClose={close} onSaved={close} />}
      {asked === "delete" && current && (
        <DeleteViewDialog
          view={current}
          onClose={close}
          onDeleted={() => {
            close();
            params.delete("saved");
            router.replace(`?${params}`);
          }}
        />
      )}
    </>
  );
}
