"use client";

import dynamic from "next/dynamic";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import type { DeliveriesFilter } from "@/lib/contract/deliveries";
import type { StartReplayInput } from "@/lib/contract/replays";
import { timeRangeMs } from "@/lib/core/time-ranges";

const SendAgainDialog = dynamic(async () => (await import("./send-again-dialog")).SendAgainDialog, {
  ssr: false,
});

/** Sends everything that matches the log's filters again, after its dialog has said what that is. */
export function SendAllAgain({ filter }: { filter: DeliveriesFilter }) {
  const [asked, setAsked] = useState<StartReplayInput["filter"] | null>(null);
  return (
    <>
      <Button variant="outline" size="sm" onClick={() => setAsked(fixed(filter))}>
        Send all again…
      </Button>
      {asked && <SendAgainDialog filter={asked} onClose={() => setAsked(null)} />}
    </>
  );
}

/** A job's range is fixed: a range that ends now ends when the job was requested. */
function fixed({
  range,
  limit: _limit,
  cursor: _cursor,
  ...filter
}: DeliveriesFilter): StartReplayInput["filter"] {
  const from = range ? new Date(Date.now() - timeRangeMs[range]).toISOString() : filter.from;
  const given = Object.entries({ ...filter, from }).filter(
    ([, value]) => value !== undefined && value !== null,
  );
  return Object.fromEntries(given);
}
