"use client";

import dynamic from "next/dynamic";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import type { StartReplayInput } from "@/lib/contract/replays";
import type { Selection } from "./use-selection";

const SendAgainDialog = dynamic(async () => (await import("./send-again-dialog")).SendAgainDialog, {
  ssr: false,
});

/** Shown at the bottom of the log while rows are selected: how many, and sending them again. */
export function SelectionBar({
  selection: { ids, full, clear },
  endpointId,
  onSendOne,
}: {
  selection: Selection;
  /** The webhook whose log it is, if it is one webhook's. */
  endpointId: string | undefined;
  onSendOne: (id: string) => void;
}) {
  const [asked, setAsked] = useState<StartReplayInput["filter"] | null>(null);
  const leave = () => {
    clear();
    // The focused button disappears with the bar.
    document.getElementById("main")?.focus({ preventScroll: true });
  };
  const send = () => {
    const [first, ...others] = ids;
    if (first !== undefined && others.length === 0) {
      onSendOne(first);
      leave();
      return;
    }
    // Tests are only included if they were selected.
    setAsked({ ...(endpointId && { endpointId: [endpointId] }), id: [...ids], tests: "1" });
  };
  return (
    <section
      aria-label="Selection"
      className="sticky bottom-[calc(12px+var(--dock-height,0px))] z-20 mx-auto mt-3 flex w-fit max-w-full animate-fade-in flex-wrap items-center gap-x-3 gap-y-1.5 rounded-lg bg-popover py-1.5 pr-1.5 pl-3 shadow-overlay"
    >
      <p role="status" className="tabular-nums">
        <span className="font-medium">{ids.size.toLocaleString("en")} selected</span>
        {full && <span className="text-muted-foreground"> · the most that can be sent again at a time</span>}
      </p>
      <span className="flex gap-1.5">
        <Button size="sm" onClick={send}>
          {ids.size === 1 ? "Send again" : "Send again…"}
        </Button>
        <Button size="sm" variant="ghost" title="Clear (Esc)" onClick={leave}>
          Clear
        </Button>
      </span>
      {asked && <SendAgainDialog filter={asked} onStarted={leave} onClose={() => setAsked(null)} />}
    </section>
  );
}
