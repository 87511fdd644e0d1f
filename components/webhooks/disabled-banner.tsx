import { CirclePause } from "lucide-react";
import { useCan } from "@/components/shell/use-workspace";
import { RelativeTime } from "@/components/ui/time";
import type { EndpointOutput } from "@/lib/endpoints/schemas";

/** Says of a disabled webhook since when and why, what is held, and what to do. */
export function DisabledBanner({ endpoint }: { endpoint: EndpointOutput }) {
  const { disabledAt, disabledReason, held } = endpoint;
  const mayEnable = useCan("endpoints:write");
  return (
    <div
      role="status"
      className="mb-4 flex items-start gap-2 rounded-lg border border-border-strong bg-muted px-3 py-2.5"
    >
      <CirclePause aria-hidden="true" className="mt-0.5 size-4 shrink-0 text-muted-foreground" />
      <div>
        <p className="font-medium">
          Disabled {disabledReason} {disabledAt && <RelativeTime value={disabledAt} />}
        </p>
        <p className="text-muted-foreground">
          Nothing is sent by itself.{" "}
          {held === 0
            ? "What is published meanwhile is held."
            : `${held.toLocaleString("en")} ${held === 1 ? "event is" : "events are"} held, and what is published meanwhile is too.`}{" "}
          {mayEnable
            ? "Enabling the webhook delivers what is held."
            : "An owner or a member of this workspace can enable it, which delivers what is held."}
        </p>
      </div>
    </div>
  );
}
