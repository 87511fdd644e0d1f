import { Download } from "lucide-react";
import type { ComponentProps } from "react";
import { Button } from "@/components/ui/button";

/** The button of the log's export, the same before and after its menu has loaded. */
export function ExportButton(props: ComponentProps<typeof Button>) {
  return (
    <Button variant="ghost" size="icon-sm" aria-label="Export" title="Export" {...props}>
      <Download aria-hidden="true" />
    </Button>
  );
}
