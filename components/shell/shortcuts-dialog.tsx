"use client";

import type { ReactNode } from "react";
import {
  Dialog,
  DialogBody,
  DialogContent,
  DialogDescription,
  DialogHeader,
  DialogTitle,
} from "@/components/ui/dialog";
import { Kbd } from "@/components/ui/kbd";
import { PaletteKeys } from "./command-palette";
import { useCan } from "./use-workspace";

type Shortcut = { keyName: ReactNode; does: string };

const everywhere: readonly Shortcut[] = [
  { keyName: <PaletteKeys />, does: "Search, go to a page, or run a command" },
  { keyName: "?", does: "Show these shortcuts" },
  { keyName: "Esc", does: "Close the top dialog or panel, or clear the selection" },
];

const eventLog = (mayRetry: boolean): readonly Shortcut[] => [
  { keyName: "/", does: "Search" },
  { keyName: "J", does: "Next event" },
  { keyName: "K", does: "Previous event" },
  { keyName: "Enter", does: "Open the focused event" },
  ...(mayRetry
    ? [
        { keyName: "R", does: "Send the focused or open event again" },
        { keyName: "X", does: "Select or deselect it" },
        { keyName: "Shift X", does: "Select all from the last selected one" },
      ]
    : []),
];

/** Lists the keyboard shortcuts that the user can use. */
export function ShortcutsDialog({ onClose }: { onClose: () => void }) {
  const mayRetry = useCan("deliveries:write");
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()}>
      <DialogContent>
        <DialogHeader>
          <DialogTitle>Keyboard shortcuts</DialogTitle>
          <DialogDescription>Shortcuts are off while you type in a field.</DialogDescription>
        </DialogHeader>
        <DialogBody>
          <Group title="Everywhere" shortcuts={everywhere} />
          <Group title="Event log" shortcuts={eventLog(mayRetry)} />
        </DialogBody>
      </DialogContent>
    </Dialog>
  );
}

function Group({ title, shortcuts }: { title: string; shortcuts: readonly Shortcut[] }) {
  return (
    <section className="grid grid-cols-1 gap-1">
      <h3 className="font-medium text-muted-foreground text-xs">{title}</h3>
      <dl className="divide-y divide-border border-border border-y">
        {shortcuts.map(({ keyName, does }) => (
          <div key={does} className="flex min-h-8 items-center justify-between gap-4 py-1">
            <dt>{does}</dt>
            <dd className="shrink-0">{typeof keyName === "string" ? <Kbd>{keyName}</Kbd> : keyName}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
