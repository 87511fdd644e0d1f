import { RotateCw } from "lucide-react";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";

/** Lists anew; its arrow turns until that is done. */
export function ReloadButton({ reloading, onReload }: { reloading: boolean; onReload: () => Promise<void> }) {
  return (
    <Button variant="ghost" size="icon-sm" aria-label="Reload" title="Reload" onClick={() => void onReload()}>
      <RotateCw aria-hidden="true" className={cn(reloading && "animate-spin motion-reduce:animate-none")} />
    </Button>
  );
}
