"use client";

import { lazy, Suspense, useSyncExternalStore } from "react";
import { toasterWanted } from "./toast";

const LoadedToaster = lazy(async () => ({ default: (await import("./loaded-toaster")).LoadedToaster }));

export { toast } from "./toast";

/** Where toasts appear. Sonner loads with the first of them. */
export function Toaster() {
  const wanted = useSyncExternalStore(toasterWanted.subscribe, toasterWanted.read, () => false);
  return wanted ? (
    <Suspense fallback={null}>
      <LoadedToaster />
    </Suspense>
  ) : null;
}
