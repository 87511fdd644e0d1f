import { type ClassValue, clsx } from "clsx";
import { extendTailwindMerge } from "tailwind-merge";

/** With the names that the theme in `app/globals.css` adds to Tailwind's own. */
const merge = extendTailwindMerge({
  extend: {
    theme: {
      animate: ["fade-in", "pop-in", "slide-in-left", "slide-in-right", "row-new"],
      shadow: ["overlay"],
    },
  },
});

/** Joins class names; of two Tailwind classes that set the same property, the last one wins. */
export function cn(...classes: ClassValue[]): string {
  return merge(clsx(classes));
}
