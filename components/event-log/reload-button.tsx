import { RotateCw } from "lucide-react";
import { cn } from "@/components/ui/cn";
import { IconButton } from "@/components/ui/icon-button";

/** Lists the log again; its arrow spins until that is done. */
export function ReloadButton({ reloading, onReload }: { reloading: boolean; onReload: () => Promise<void> }) {
  return (
    <IconButton label="Reload" onClick={() => void onReload()}>
      <RotateCw aria-hidden="true" className={cn(reloading && "animate-spin motion-reduce:animate-none")} />
    </IconButton>
  );
}
