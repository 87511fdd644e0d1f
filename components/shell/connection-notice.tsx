"use client";

import { useQueryClient } from "@tanstack/react-query";
import { CloudOff } from "lucide-react";
import { useEffect, useState, useSyncExternalStore } from "react";
import { Button } from "@/components/ui/button";
import { formatMoment } from "@/components/ui/format-time";
import { useNow } from "@/components/ui/use-now";
import { describeFault, ReadFaults } from "./read-faults";

/**
 * Says on every page that its data cannot be read again, and since when; data that updates itself is dimmed meanwhile
 * (`data-live`). It disappears when everything has been read again.
 */
export function ConnectionNotice() {
  const client = useQueryClient();
  const [faults] = useState(() => new ReadFaults(client.getQueryCache()));
  const fault = useSyncExternalStore(faults.subscribe, faults.read, () => null);
  const now = useNow(60_000);
  const [trying, setTrying] = useState(false);
  const isBehind = fault !== null;

  const tryNow = async () => {
    setTrying(true);
    await client.refetchQueries({ type: "active" });
    setTrying(false);
  };

  useEffect(() => {
    document.documentElement.toggleAttribute("data-behind", isBehind);
    return () => document.documentElement.removeAttribute("data-behind");
  }, [isBehind]);

  useEffect(() => {
    // Whether the server is down, too, shows when it is asked.
    const ask = () => void client.refetchQueries({ type: "active" });
    window.addEventListener("offline", ask);
    return () => window.removeEventListener("offline", ask);
  }, [client]);

  const words = fault && describeFault(fault, formatMoment(fault.since, now ?? fault.since));
  return (
    <div
      role="status"
      className="pointer-events-none fixed inset-x-0 bottom-[calc(16px+var(--dock-height,0px))] z-40 flex justify-center px-2 md:pl-52"
    >
      {words && (
        <div className="pointer-events-auto flex max-w-xl animate-fade-in items-center gap-2.5 rounded-lg bg-popover py-1.5 pr-1.5 pl-3 shadow-overlay">
          <CloudOff aria-hidden="true" className="size-4 shrink-0 text-warning" />
          <p className="min-w-0 flex-1">
            <span className="font-medium">{words.title}</span>
            {words.detail && <span className="text-muted-foreground"> · {words.detail}</span>}
          </p>
          <Button variant="outline" size="sm" pending={trying} onClick={() => void tryNow()}>
            Try now
          </Button>
        </div>
      )}
    </div>
  );
}
