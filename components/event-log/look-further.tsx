"use client";

import type { InfiniteData, UseInfiniteQueryResult } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { AbsoluteTime } from "@/components/ui/time";

/**
 * Shown below a log that was only searched for a moment: how far back it has looked, and a button that continues
 * until something is found, the log ends, or it is stopped.
 */
export function LookFurther({
  query,
  lookedBackTo,
}: {
  query: Pick<
    UseInfiniteQueryResult<InfiniteData<{ data: unknown[]; nextCursor: string | null }>>,
    "fetchNextPage"
  >;
  /** RFC 3339. */
  lookedBackTo: string;
}) {
  const [looking, setLooking] = useState(false);
  const stopped = useRef(false);
  useEffect(() => {
    stopped.current = false;
    return () => {
      stopped.current = true;
    };
  }, []);

  const look = async () => {
    stopped.current = false;
    setLooking(true);
    let isAnyLeft = true;
    while (isAnyLeft && !stopped.current) {
      const { data, isError } = await query.fetchNextPage();
      const last = data?.pages.at(-1);
      isAnyLeft = !isError && last !== undefined && last.data.length === 0 && last.nextCursor !== null;
    }
    setLooking(false);
  };

  return (
    <div className="flex flex-wrap items-center justify-center gap-x-3 gap-y-2">
      <p role="status" className="text-muted-foreground">
        {looking ? "Looking further back: " : "Looked back to "}
        <AbsoluteTime value={lookedBackTo} day="unless today" />
      </p>
      {looking ? (
        <Button
          variant="outline"
          onClick={() => {
            stopped.current = true;
          }}
        >
          Stop
        </Button>
      ) : (
        <Button variant="outline" onClick={() => void look()}>
          Look further back
        </Button>
      )}
    </div>
  );
}
