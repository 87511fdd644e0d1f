"use client";

import dynamic from "next/dynamic";
import { useSyncExternalStore } from "react";
import { toasterWanted } from "./toast";

const LoadedToaster = dynamic(async () => (await import("./loaded-toaster")).LoadedToaster, { ssr: false });

/** The container of toasts. Sonner loads with the first of them. */
export function Toaster() {
  const wanted = useSyncExternalStore(toasterWanted.subscribe, toasterWanted.read, () => false);
  return wanted ? <LoadedToaster /> : null;
}
