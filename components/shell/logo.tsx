import { cn } from "@/components/ui/cn";

/** A post horn: mouthpiece, one coil, bell. */
export function Logo({ className }: { className?: string }) {
  return (
    <svg
      viewBox="0 0 24 24"
      aria-hidden="true"
      fill="none"
      stroke="currentColor"
      strokeWidth={1.8}
      strokeLinecap="round"
      className={cn("size-6 shrink-0 text-link", className)}
    >
      <path d="M2 6.5v3M2 8h10a5.5 5.5 0 1 1-5.5 5.5A5.5 5.5 0 0 1 12 8h4" />
      <path d="M16 8c2.6 0 4.6-1.4 6-4v8c-1.4-2.6-3.4-4-6-4Z" fill="currentColor" strokeLinejoin="round" />
    </svg>
  );
}
