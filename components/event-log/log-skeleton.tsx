import { Skeleton } from "@/components/ui/skeleton";

/** Placeholder for the log's rows while they load. */
export function LogSkeleton() {
  return (
    <div
      role="status"
      aria-busy="true"
      aria-label="Loading the event log"
      className="rounded-lg border border-border"
    >
      <div className="h-8 border-border border-b bg-surface max-md:h-[25px]" />
      {Array.from({ length: 8 }, (_, index) => (
        <div
          // biome-ignore lint/suspicious/noArrayIndexKey: placeholders have no identity
          key={index}
          className="flex h-9 items-center gap-6 border-border border-b px-3 last:border-b-0 max-md:h-[57px]"
        >
          <Skeleton className="w-24" />
          <span className="flex-1">
            <Skeleton className="w-36" />
          </span>
          <Skeleton className="w-12 max-sm:hidden" />
          <Skeleton className="w-20" />
        </div>
      ))}
    </div>
  );
}
