"use client";

import dynamic from "next/dynamic";
import { useSearchParams } from "next/navigation";
import { Suspense } from "react";
import { LoadOnUse } from "@/components/ui/load-on-use";
import type { SavedLog } from "@/lib/core/saved-views";
import { SavedViewsButton } from "./saved-views-button";

const load = () => import("./saved-views-menu");
const SavedViewsMenu = dynamic(async () => (await load()).SavedViewsMenu, { ssr: false });

/** One's own saved views of the event log. Which one is open is in the address, and the rest loads on use. */
export function SavedViews({ log }: { log: SavedLog }) {
  const isOpen = useSearchParams().has("saved");
  if (isOpen) {
    return (
      <Suspense fallback={<SavedViewsButton />}>
        <SavedViewsMenu log={log} />
      </Suspense>
    );
  }
  return (
    <LoadOnUse popup="menu" load={load} button={<SavedViewsButton />}>
      <SavedViewsMenu log={log} defaultOpen />
    </LoadOnUse>
  );
}
