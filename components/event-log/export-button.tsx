import { Download } from "lucide-react";
import type { ButtonProps } from "@/components/ui/button";
import { IconButton } from "@/components/ui/icon-button";

/** The button of the log's export, the same before and after its menu has loaded. */
export function ExportButton(props: ButtonProps) {
  return (
    <IconButton label="Export" {...props}>
      <Download aria-hidden="true" />
    </IconButton>
  );
}
