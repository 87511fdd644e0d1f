"use client";

import { useEffect, useRef, useState } from "react";

/** Text, or what fetches it first. */
export type Copyable = string | (() => Promise<string>);

/**
 * Copies text; `copied` is true for two seconds afterwards, `failed` if the browser refused. If the text could not be
 * fetched, the function that fetches it reports why.
 */
export function useCopy(): { copied: boolean; failed: boolean; copy: (text: Copyable) => Promise<boolean> } {
  const [state, setState] = useState<"idle" | "copied" | "failed">("idle");
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);

  async function copy(text: Copyable) {
    clearTimeout(timer.current);
    const fetched = typeof text === "string" ? text : await text().catch(() => null);
    const done = fetched !== null && (await writeText(fetched));
    setState(done ? "copied" : "failed");
    timer.current = setTimeout(() => setState("idle"), 2_000);
    return done;
  }
  return { copied: state === "copied", failed: state === "failed", copy };
}

/** The clipboard API exists only in a secure context: over plain HTTP on a LAN the old command still works. */
async function writeText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const area = document.createElement("textarea");
    area.value = text;
    area.className = "fixed top-0 left-0 opacity-0";
    const host = document.activeElement?.closest("[role=dialog]") ?? document.body;
    const focused = document.activeElement;
    host.append(area);
    area.select();
    const done = document.execCommand("copy");
    area.remove();
    if (focused instanceof HTMLElement) focused.focus();
    return done;
  }
}
