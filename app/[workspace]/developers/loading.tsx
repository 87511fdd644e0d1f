import { Skeleton } from "@/components/ui/skeleton";

export default function DevelopersLoading() {
  return (
    <div aria-busy="true" className="grid gap-4">
      <span role="status" className="sr-only">
        Loading…
      </span>
      <Skeleton className="h-7 w-40" />
      <Skeleton className="h-9 w-full" />
      <Skeleton className="h-48 w-full rounded-lg" />
    </div>
  );
}
