import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { histogramHeight } from "./histogram-height";

/** In place of the histogram if its code could not be fetched. Such code is not fetched again before the page is. */
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
