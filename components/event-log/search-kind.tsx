"use client";

import { useCan } from "@/components/shell/use-workspace";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { AbsoluteTime } from "@/components/ui/time";
import type { SearchedPage } from "@/lib/contract/searched-page";
import { readSearch, searchKinds, writeSearch } from "@/lib/core/search-kinds";

/** An id identifies one thing and is not searched for in payloads. */
const isId = /^(?:evt|dlv|att)_[0-9a-f]{32}$/;

/** Shown below the filters during a search: how it searches payloads, and which of them are indexed. */
export function SearchKind({
  value,
  onChange,
  covered,
}: {
  value: string;
  onChange: (value: string) => void;
  /** Undefined until the first page has been read. */
  covered: SearchedPage["payloadIndex"] | undefined;
}) {
  const seesPayloads = useCan("payloads:read");
  if (!seesPayloads || isId.test(value)) return null;
  const { kind, text } = readSearch(value);
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1.5 text-xs">
      <fieldset aria-label="How payloads are searched" className="flex">
        {searchKinds.map((one, at) => (
          <Button
            key={one.kind}
            variant="outline"
            size="sm"
            aria-pressed={one.kind === kind}
            onClick={() => onChange(writeSearch({ kind: one.kind, text }))}
            className={cn(
              "h-6 rounded-none px-2 font-normal text-muted-foreground text-xs aria-pressed:bg-accent aria-pressed:font-medium aria-pressed:text-foreground",
              at > 0 && "border-l-0",
              at === 0 && "rounded-l-md",
              at === searchKinds.length - 1 && "rounded-r-md",
            )}
          >
            {one.label}
          </Button>
        ))}
      </fieldset>
      <p className="text-muted-foreground">
        {kind === "text" ? (
          "Searches the text of every payload, newest first."
        ) : (
          <>
            Searches keys and values in <code className="font-mono">data</code>, or one field:{" "}
            <code className="font-mono">customer.email:ana@example.com</code>. <Coverage covered={covered} />
          </>
        )}
      </p>
    </div>
  );
}

/** In a log where nothing matches: searches the payloads' text for what was no whole value or beginning of one. */
export function SearchAnywhere({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  const seesPayloads = useCan("payloads:read");
  const { kind, text } = readSearch(value);
  if (!seesPayloads || isId.test(value) || kind === "text") return null;
  return (
    <Button variant="outline" onClick={() => onChange(writeSearch({ kind: "text", text }))}>
      Search for this text anywhere
    </Button>
  );
}

function Coverage({ covered }: { covered: SearchedPage["payloadIndex"] | undefined }) {
  if (covered === undefined) return null;
  if (covered === null) return "Payloads are not indexed yet, so the search takes longer.";
  if (covered.from === null)
    return (
      <>
        Payloads up to <AbsoluteTime value={covered.to} day="unless today" /> are indexed; newer ones are read
        one by one.
      </>
    );
  return (
    <>
      Payloads before <AbsoluteTime value={covered.from} day /> are not indexed yet, so searching them takes
      longer.
    </>
  );
}
