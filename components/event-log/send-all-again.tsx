"use client";

import dynamic from "next/dynamic";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import type { DeliveriesFilter } from "@/lib/contract/deliveries";
import type { StartReplayInput } from "@/lib/contract/replays";
import { jobFilter } from "./job-filter";

const SendAgainDialog = dynamic(async () => (await import("./send-again-dialog")).SendAgainDialog, {
  ssr: false,
});

/** Sends everything that matches the log's filters again, after its dialog has said what that is. */
export function SendAllAgain({ filter }: { filter: DeliveriesFilter }) {
  const [asked, setAsked] = useState<StartReplayInput["filter"] | null>(null);
  return (
    <>
      <Button variant="outline" size="sm" onClick={() => setAsked(jobFilter(filter))}>
        Send all again…
      </Button>
      {asked && <SendAgainDialog filter={asked} onClose={() => setAsked(null)} />}
    </>
  );
}
