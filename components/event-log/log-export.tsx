"use client";

import dynamic from "next/dynamic";
import { useWorkspace } from "@/components/shell/use-workspace";
import { LoadOnUse } from "@/components/ui/load-on-use";
import type { DeliveriesFilter } from "@/lib/contract/deliveries";
import type { EventsFilter } from "@/lib/contract/events";
import { ExportButton } from "./export-button";

export type ExportPath = "/api/v1/deliveries/export" | "/api/v1/events/export";

const load = () => import("./export-menu");
const ExportMenu = dynamic(async () => (await load()).ExportMenu);

/** Offers an export of what the log's filters match. */
export function LogExport({
  path = "/api/v1/deliveries/export",
  filter,
}: {
  path?: ExportPath;
  filter: DeliveriesFilter | EventsFilter;
}) {
  const { slug } = useWorkspace();
  return (
    <LoadOnUse popup="menu" load={load} button={<ExportButton />}>
      <ExportMenu path={path} workspace={slug} filter={filter} />
    </LoadOnUse>
  );
}
