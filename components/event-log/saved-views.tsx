"use client";

import dynamic from "next/dynamic";
import { LoadOnUse } from "@/components/ui/load-on-use";
import type { SavedLog } from "@/lib/core/saved-views";
import { SavedViewsButton } from "./saved-views-button";
import { useOpenView } from "./use-open-view";

const load = () => import("./saved-views-menu");
const SavedViewsMenu = dynamic(async () => (await load()).SavedViewsMenu, { ssr: false });
const SaveChanges = dynamic(async () => (await import("./save-changes")).SaveChanges, { ssr: false });

/** The user's saved views of the event log. The open one is in the address; the menu loads on use. */
export function SavedViews({ log }: { log: SavedLog }) {
  const { current, changed, query } = useOpenView(log, { enabled: false });
  const button = <SavedViewsButton name={current?.name} />;
  return (
    <>
      <LoadOnUse popup="menu" load={load} button={button}>
        <SavedViewsMenu log={log} />
      </LoadOnUse>
      {changed && current && <SaveChanges view={current} query={query} />}
    </>
  );
}
