import { Skeleton } from "@/components/ui/skeleton";

const rows = ["w-72", "w-60", "w-80"];

export function EmailListSkeleton() {
  return (
    <div aria-busy="true" className="rounded-lg border border-border">
      <span role="status" className="sr-only">
        Loading the emails…
      </span>
      <div className="h-8 border-border border-b bg-surface max-md:hidden" />
      {rows.map((width) => (
        <div
          key={width}
          className="flex h-9 items-center gap-6 border-border border-b px-3 last:border-b-0 max-md:h-16"
        >
          <Skeleton className={width} />
          <Skeleton className="ml-auto w-32 max-md:hidden" />
          <Skeleton className="w-16 max-md:hidden" />
        </div>
      ))}
    </div>
  );
}
