import { Bookmark, ChevronDown } from "lucide-react";
import type { ComponentProps } from "react";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";

/**
 * The button of the saved views, the same before and after their menu has loaded; its label is the open view's name.
 */
export function SavedViewsButton({
  name,
  className,
  ...props
}: ComponentProps<typeof Button> & { name?: string | undefined }) {
  return (
    <Button
      variant="outline"
      size="sm"
      className={cn("max-w-52", name && "border-primary text-link", className)}
      {...props}
    >
      <Bookmark aria-hidden="true" />
      <span className="truncate">{name ? `View: ${name}` : "Views"}</span>
      <ChevronDown aria-hidden="true" className="text-muted-foreground" />
    </Button>
  );
}
