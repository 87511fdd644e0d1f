import { LoaderCircle, type LucideIcon } from "lucide-react";
import { Badge } from "./badge";
import { cn } from "./cn";

/** How a status is shown: colour beside a word and an icon, never alone. */
export type Look = {
  word: string;
  icon: LucideIcon;
  variant: "neutral" | "primary" | "success" | "warning" | "danger";
};

/** A status in its look; the icon of what is under way turns. */
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
