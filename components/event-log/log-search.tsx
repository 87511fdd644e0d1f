"use client";

import { Search } from "lucide-react";
import { type Ref, useEffect, useId, useRef, useState } from "react";
import { useCan } from "@/components/shell/use-workspace";
import { FieldError } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Kbd } from "@/components/ui/kbd";
import { refuseSearch } from "@/lib/core/search-kinds";

/**
 * Search by an id, a key or a payload's content; applied 300 ms after the last keystroke, and at once with Enter or
 * on blur. A text that is too long is refused at the field, and what was searched for before stays.
 */
export function LogSearch({
  value,
  onChange,
  ref,
}: {
  value: string;
  onChange: (value: string) => void;
  ref: Ref<HTMLInputElement>;
}) {
  const seesPayloads = useCan("payloads:read");
  const [text, setText] = useState(value);
  const [known, setKnown] = useState(value);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  if (value !== known) {
    setKnown(value);
    if (value !== text.trim()) setText(value);
  }
  const id = useId();
  const refusal = refuseSearch(text);
  const apply = (next: string, afterMs: number) => {
    clearTimeout(timer.current);
    if (refuseSearch(next) !== null) return;
    if (afterMs === 0) onChange(next.trim());
    else timer.current = setTimeout(() => onChange(next.trim()), afterMs);
  };
  return (
    <div className="relative min-w-0 flex-1 max-sm:basis-full sm:min-w-48 sm:max-w-80">
      <Search aria-hidden="true" className="absolute top-1.5 left-2 size-4 text-muted-foreground" />
      <Input
        ref={ref}
        type="search"
        aria-label={seesPayloads ? "Search by id, key or value in payloads" : "Search by id or key"}
        placeholder={seesPayloads ? "Id, key or value in payloads" : "Id or key"}
        autoComplete="off"
        spellCheck={false}
        aria-invalid={refusal ? true : undefined}
        aria-describedby={refusal ? `${id}-error` : undefined}
        value={text}
        onChange={(event) => {
          setText(event.target.value);
          apply(event.target.value, 300);
        }}
        // So that the next click already uses it.
        onBlur={() => {
          if (text.trim() !== value) apply(text, 0);
        }}
        onKeyDown={(event) => {
          if (event.key === "Enter") apply(text, 0);
          if (event.key === "Escape") event.currentTarget.blur();
        }}
        className="peer h-7 pr-8 pl-8 text-xs truncate"
      />
      {/* Over what stands below, so that nothing moves while someone types. */}
      <FieldError
        id={`${id}-error`}
        className="absolute top-full left-0 z-20 mt-1 w-full rounded-md border border-border bg-background px-2 py-1 shadow-overlay"
      >
        {refusal}
      </FieldError>
      {text === "" && (
        <Kbd
          aria-hidden="true"
          className="pointer-events-none absolute top-1 right-1 peer-focus:hidden max-sm:hidden"
        >
          /
        </Kbd>
      )}
    </div>
  );
}
