"use client";

import { type ComponentProps, lazy, Suspense } from "react";
import type { TestEventDialog } from "./test-event-dialog";

const Dialog = lazy(async () => ({ default: (await import("./test-event-dialog")).TestEventDialog }));

/** The dialog for a test event; its code loads when it is first opened. */
export function LazyTestEventDialog(props: ComponentProps<typeof TestEventDialog>) {
  if (!props.open) return null;
  return (
    <Suspense>
      <Dialog {...props} />
    </Suspense>
  );
}
