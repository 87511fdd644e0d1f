import { type ClassValue, clsx } from "clsx";
import { extendTailwindMerge } from "tailwind-merge";

const merge = extendTailwindMerge({ extend: { theme: { shadow: ["overlay"] } } });

/** Joins class names; of two Tailwind classes that set the same thing, the last one wins. */
export function cn(...classes: ClassValue[]): string {
  return merge(clsx(classes));
}
