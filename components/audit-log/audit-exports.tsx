import { Button } from "@/components/ui/button";
import { toast } from "@/components/ui/toast";

/** Downloads the entries that match the filters. */
export function AuditExports({ save }: { save: (format: "csv" | "ndjson") => Promise<void> }) {
  const start = (format: "csv" | "ndjson") =>
    save(format).catch((error: unknown) =>
      toast.error(error instanceof Error ? error.message : "The file could not be saved"),
    );
  return (["csv", "ndjson"] as const).map((format) => (
    <Button key={format} variant="outline" size="sm" onClick={() => void start(format)}>
      Export {format.toUpperCase()}
    </Button>
  ));
}
