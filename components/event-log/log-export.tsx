"use client";

import dynamic from "next/dynamic";
import { useWorkspace } from "@/components/shell/use-workspace";
import { LoadOnUse } from "@/components/ui/load-on-use";
import type { DeliveriesFilter } from "@/lib/contract/deliveries";
import { ExportButton } from "./export-button";

const load = () => import("./export-menu");
const ExportMenu = dynamic(async () => (await load()).ExportMenu);

/** Offers an export of what the log's filters match. */
export function LogExport({ filter }: { filter: DeliveriesFilter }) {
  const { slug } = useWorkspace();
  return (
    <LoadOnUse popup="menu" load={load} button={<ExportButton />}>
      <ExportMenu workspace={slug} filter={filter} />
    </LoadOnUse>
  );
}
