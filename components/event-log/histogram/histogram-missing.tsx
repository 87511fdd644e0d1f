import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { histogramHeight } from "./histogram-height";

/** Replaces the histogram if its code could not be loaded. It is only fetched again with the page. */
export function HistogramMissing() {
  return (
    <p
      className={cn(histogramHeight, "flex flex-col items-center justify-center gap-2 text-muted-foreground")}
    >
      The histogram could not be loaded.
      <Button variant="outline" size="sm" onClick={() => window.location.reload()}>
        Reload the page
      </Button>
    </p>
  );
}
