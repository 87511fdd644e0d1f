import { LoaderCircle, type LucideIcon } from "lucide-react";
import { Badge } from "./badge";
import { cn } from "./cn";

/** The appearance of a status: color with a word and an icon, never color alone. */
export type Look = {
  word: string;
  icon: LucideIcon;
  variant: "neutral" | "primary" | "success" | "warning" | "danger";
};

/** A status in its appearance; the icon of a running one spins. */
export function LookBadge({
  look: { word, icon: Icon, variant },
  className,
}: {
  look: Look;
  className?: string;
}) {
  return (
    <Badge variant={variant} className={cn("transition-colors duration-150", className)}>
      <Icon
        aria-hidden="true"
        className={cn(Icon === LoaderCircle && "animate-spin motion-reduce:animate-none")}
      />
      {word}
    </Badge>
  );
}
