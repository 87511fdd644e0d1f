"use client";

import { useMutation } from "@tanstack/react-query";
import { downloadExport } from "@/components/data/download-export";
import { useWorkspace } from "@/components/shell/use-workspace";
import { Button } from "@/components/ui/button";
import { FieldError } from "@/components/ui/field";
import type { EndpointOutput } from "@/lib/contract/endpoints";
import type { DeliveryStatusFilter } from "@/lib/core/deliveries";

const formats = { csv: "CSV", ndjson: "NDJSON" } as const;

/**
 * Offers an export of a webhook's events before they are discarded.
 *
 * @param statuses those that would be discarded
 */
export function ExportFirst({
  endpoint,
  statuses,
  label = "Export them first",
}: {
  endpoint: Pick<EndpointOutput, "id">;
  statuses: DeliveryStatusFilter[];
  label?: string;
}) {
  const { slug } = useWorkspace();
  const download = useMutation({
    mutationFn: (format: keyof typeof formats) =>
      downloadExport("/api/v1/deliveries/export", {
        workspace: slug,
        filter: { endpointId: endpoint.id, status: statuses },
        format,
      }),
  });
  return (
    <div className="grid gap-1.5 pt-2">
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset's legend cannot stand in a line with its buttons */}
      <div role="group" aria-label={label} className="flex flex-wrap items-center gap-2">
        <span className="text-muted-foreground text-sm">{label}:</span>
        {(["csv", "ndjson"] as const).map((format) => (
          <Button
            key={format}
            variant="outline"
            size="sm"
            pending={download.isPending && download.variables === format}
            disabled={download.isPending && download.variables !== format}
            onClick={() => download.mutate(format)}
          >
            {formats[format]}
          </Button>
        ))}
      </div>
      <FieldError>{download.error?.message}</FieldError>
    </div>
  );
}
