import { type ClassValue, clsx } from "clsx";
import { createTailwindMerge } from "tailwind-merge";
import { classGroups, conflictingClassGroups } from "./class-groups";

const merge = createTailwindMerge(() => ({
  cacheSize: 500,
  theme: {},
  classGroups,
  conflictingClassGroups,
  conflictingClassGroupModifiers: {},
  orderSensitiveModifiers: ["before", "after", "placeholder", "selection"],
}));

/**
 * Joins class names; of two Tailwind classes that set the same thing, the last one wins. `class-groups.ts`
 * says which do.
 */
export function cn(...classes: ClassValue[]): string {
  return merge(clsx(classes));
}
