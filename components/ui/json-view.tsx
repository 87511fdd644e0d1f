"use client";

import { Download, WrapText } from "lucide-react";
import { useEffect, useMemo, useState } from "react";
import { cn } from "./cn";
import { CopyButton } from "./copy-button";
import { formatJson } from "./format-json";
import type { HighlightedLine } from "./highlight-json";
import { IconButton } from "./icon-button";

/** Longer text is not highlighted, because that would block the page. */
const highlightedCharactersMax = 60_000;

type JsonViewProps = {
  /** The text as sent or received; shown indented, but copied and downloaded unchanged. */
  json: string;
  /** What it is: "payload", "response body". */
  label: string;
  /** Offers a download under this name. */
  fileName?: string;
  className?: string;
};

/** JSON to read: highlighted (the highlighter loads when this is first shown), with wrap, copy and download. */
export function JsonView({ json, label, fileName, className }: JsonViewProps) {
  const [wrap, setWrap] = useState(true);
  const code = useMemo(() => formatJson(json), [json]);
  const lines = useHighlighted(code);
  return (
    <div data-slot="json-view" className={cn("rounded-md border border-border bg-surface", className)}>
      <div className="flex items-center justify-end gap-0.5 border-border border-b px-1 py-0.5">
        <IconButton
          label="Wrap lines"
          aria-pressed={wrap}
          className="aria-pressed:text-link"
          onClick={() => setWrap(!wrap)}
        >
          <WrapText aria-hidden="true" />
        </IconButton>
        {fileName && (
          <IconButton label={`Download ${label}`} onClick={() => download(fileName, json)}>
            <Download aria-hidden="true" />
          </IconButton>
        )}
        <CopyButton value={json} label={`Copy ${label}`} />
      </div>
      <section
        aria-label={label}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard
        tabIndex={0}
        className="max-h-[480px] overflow-auto rounded-b-md px-3 py-2 font-mono text-xs leading-5"
      >
        <pre className={wrap ? "whitespace-pre-wrap wrap-anywhere" : "whitespace-pre"}>
          {lines ? <Lines lines={lines} /> : code}
        </pre>
      </section>
    </div>
  );
}

function Lines({ lines }: { lines: HighlightedLine[] }) {
  return lines.map((line, row) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: a line has no identity but its place
    <span key={row}>
      {line.map(({ text, color }, column) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: nor has a token
        <span key={column} style={{ color }}>
          {text}
        </span>
      ))}
      {row < lines.length - 1 && "\n"}
    </span>
  ));
}

/** The highlighted lines of `code`, or undefined while they load, if it is too long, or if loading failed. */
function useHighlighted(code: string): HighlightedLine[] | undefined {
  const [result, setResult] = useState<{ code: string; lines: HighlightedLine[] }>();
  useEffect(() => {
    if (code.length > highlightedCharactersMax) return;
    let current = true;
    import("./highlight-json")
      .then(({ highlightJson }) => highlightJson(code))
      .then((lines) => current && setResult({ code, lines }))
      .catch(() => undefined);
    return () => {
      current = false;
    };
  }, [code]);
  return result?.code === code ? result.lines : undefined;
}

function download(fileName: string, text: string) {
  const url = URL.createObjectURL(new Blob([text], { type: "application/json" }));
  const link = document.createElement("a");
  link.href = url;
  link.download = fileName;
  link.click();
  URL.revokeObjectURL(url);
}
