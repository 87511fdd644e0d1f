"use client";

import { EllipsisVertical } from "lucide-react";
import dynamic from "next/dynamic";
import { IconButton } from "@/components/ui/icon-button";
import { LoadOnUse } from "@/components/ui/load-on-use";
import type { DeliveryOutput } from "@/lib/contract/deliveries";
import type { RowActions } from "./log-rows";

const load = () => import("./opened-row-menu");
const OpenedRowMenu = dynamic(async () => (await load()).OpenedRowMenu);

/** The ⋮ menu of a row of the log. */
export function RowMenu({
  row,
  selected,
  actions,
}: {
  row: DeliveryOutput;
  selected: boolean;
  actions: RowActions;
}) {
  const button = (
    <IconButton label="Row actions">
      <EllipsisVertical aria-hidden="true" />
    </IconButton>
  );
  return (
    <LoadOnUse popup="menu" button={button} load={load}>
      <OpenedRowMenu row={row} selected={selected} actions={actions}>
        {button}
      </OpenedRowMenu>
    </LoadOnUse>
  );
}
