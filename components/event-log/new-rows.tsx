"use client";

import { ArrowUp } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { countedNewRowsMax } from "./log-pages";

/**
 * The number of new rows, above the log: a button that lists them. If the user has scrolled down, the older rows stay
 * in place until then.
 */
export function NewRows({
  count,
  listing,
  onList,
}: {
  count: number;
  /** They are being listed. */
  listing: boolean;
  onList: () => Promise<void>;
}) {
  const top = useRef<HTMLDivElement>(null);
  const away = useIsAbove(top);
  return (
    <>
      <div ref={top} />
      {/* Without the number: each new row would be announced. */}
      <p role="status" className="sr-only">
        {count > 0 ? "There are new events above the list." : ""}
      </p>
      {count > 0 && (
        <div className="sticky top-2 z-10 flex h-0 justify-center">
          <div className="flex h-7 translate-y-0.5 animate-fade-in items-center rounded-full border border-border bg-background shadow-sm">
            <Button
              size="sm"
              className="rounded-full"
              pending={listing}
              onClick={async () => {
                await onList();
                if (away) top.current?.scrollIntoView({ block: "center" });
              }}
            >
              {!listing && <ArrowUp aria-hidden="true" />}
              {count > countedNewRowsMax ? `${countedNewRowsMax}+` : count} new
            </Button>
            {away && (
              <span className="truncate pr-3 pl-2 text-muted-foreground text-xs">
                Paused: you are reading older rows
              </span>
            )}
          </div>
        </div>
      )}
    </>
  );
}

/** Whether an element has been scrolled out of view, above the window. */
function useIsAbove(element: React.RefObject<HTMLElement | null>): boolean {
  const [above, setAbove] = useState(false);
  useEffect(() => {
    if (!element.current) return;
    const observer = new IntersectionObserver(([entry]) => {
      setAbove(entry !== undefined && !entry.isIntersecting && entry.boundingClientRect.top < 0);
    });
    observer.observe(element.current);
    return () => observer.disconnect();
  }, [element]);
  return above;
}
