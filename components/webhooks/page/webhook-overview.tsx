import type { EndpointOutput } from "@/lib/endpoints/schemas";
import { StateTimeline } from "./state-timeline";

/** What happened to a webhook. */
export function WebhookOverview({ endpoint }: { endpoint: EndpointOutput }) {
  return (
    <div className="grid max-w-3xl grid-cols-1 gap-8">
      <StateTimeline endpoint={endpoint} />
    </div>
  );
}
