import { Skeleton } from "@/components/ui/skeleton";

const rows = ["w-28", "w-40", "w-24"];

export function ApiKeyListSkeleton() {
  return (
    <div aria-busy="true" className="rounded-lg border border-border">
      <span role="status" className="sr-only">
        Loading the API keys…
      </span>
      <div className="h-8 border-border border-b bg-surface max-md:hidden" />
      {rows.map((width) => (
        <div
          key={width}
          className="flex h-9 items-center gap-6 border-border border-b px-3 last:border-b-0 max-md:h-20"
        >
          <Skeleton className={width} />
          <Skeleton className="w-20" />
          <Skeleton className="w-32 max-md:hidden" />
          <Skeleton className="ml-auto w-16 max-md:hidden" />
        </div>
      ))}
    </div>
  );
}
