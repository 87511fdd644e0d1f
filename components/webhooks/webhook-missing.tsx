import { SearchX } from "lucide-react";
import Link from "next/link";
import { webhookPaths } from "@/components/data/webhook-paths";
import { useWorkspace } from "@/components/shell/use-workspace";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { ApiError } from "@/lib/api-client/api-error";

/** Replaces a webhook that could not be read, or does not exist. */
export function WebhookMissing({
  error,
  retrying,
  onRetry,
}: {
  error: Error;
  retrying: boolean;
  onRetry: () => void;
}) {
  const { slug } = useWorkspace();
  if (!(error instanceof ApiError) || error.status !== 404) {
    return (
      <ErrorState
        title="The webhook could not be loaded"
        error={error}
        retrying={retrying}
        onRetry={onRetry}
      />
    );
  }
  return (
    <EmptyState
      icon={SearchX}
      title="Webhook not found"
      description="It may have been deleted. Its events stay in the event log."
      action={
        <>
          <Button asChild>
            <Link href={webhookPaths.list(slug)}>All webhooks</Link>
          </Button>
          <Button variant="outline" asChild>
            <Link href={webhookPaths.log(slug)}>Event log</Link>
          </Button>
        </>
      }
    />
  );
}
