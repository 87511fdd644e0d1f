"use client";

import { useUpdateView } from "@/components/data/use-saved-views";
import { Button } from "@/components/ui/button";
import { toast } from "@/components/ui/toast";
import type { SavedViewOutput } from "@/lib/contract/saved-views";

/** Saves the present filters in the open view. */
export function SaveChanges({ view, query }: { view: SavedViewOutput; query: string }) {
  const update = useUpdateView();
  return (
    <Button
      variant="outline"
      size="sm"
      pending={update.isPending}
      onClick={() =>
        update.mutate({ id: view.id, query }, { onError: ({ message }) => void toast.error(message) })
      }
    >
      Save changes
    </Button>
  );
}
