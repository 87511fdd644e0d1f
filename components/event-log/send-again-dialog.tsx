"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { followedJobs } from "@/components/data/followed-jobs";
import { sumCounts } from "@/components/data/sum-counts";
import { useWebhooks } from "@/components/data/use-webhooks";
import { WaitingWebhooks } from "@/components/data/waiting-webhooks";
import { PaceField } from "@/components/shell/pace-field";
import { useWorkspace } from "@/components/shell/use-workspace";
import { Button } from "@/components/ui/button";
import { countEvents } from "@/components/ui/count-events";
import {
  Dialog,
  DialogBody,
  DialogContent,
  DialogDescription,
  DialogFooter,
  DialogHeader,
  DialogTitle,
} from "@/components/ui/dialog";
import { FieldError, FormField } from "@/components/ui/field";
import { formatMoment } from "@/components/ui/format-time";
import { Select, SelectContent, SelectItem, SelectTrigger, SelectValue } from "@/components/ui/select";
import { useNow } from "@/components/ui/use-now";
import { callApi } from "@/lib/api-client/call-api";
import { queryKeys } from "@/lib/api-client/query-keys";
import type { StartReplayInput } from "@/lib/contract/replays";
import { replayOrders } from "@/lib/core/replays";

const orderLabels = { oldest: "Oldest first", newest: "Newest first" };

/** Says what would be sent again before it is sent: how many, to which webhooks, of which types, and at which pace. */
export function SendAgainDialog({
  filter,
  onStarted,
  onClose,
}: {
  filter: StartReplayInput["filter"];
  /** Called when it has started, before the dialog closes. */
  onStarted?: () => void;
  onClose: () => void;
}) {
  const { slug } = useWorkspace();
  const client = useQueryClient();
  const webhooks = useWebhooks();
  const now = useNow();
  const [pace, setPace] = useState<number | null>(null);
  const [order, setOrder] = useState<(typeof replayOrders)[number]>("oldest");
  const start = (input: Pick<StartReplayInput, "dryRun" | "ratePerSecond" | "order">) =>
    callApi("POST /replays", { workspace: slug, body: { filter, ...input } });
  const dryRun = useQuery({
    queryKey: queryKeys.replayCount(slug, filter),
    queryFn: () => start({ dryRun: true }),
    staleTime: 0,
    gcTime: 0,
  });
  const counted = dryRun.data && "count" in dryRun.data ? dryRun.data : null;
  const send = useMutation({
    mutationFn: () => start({ order, ...(pace === null ? {} : { ratePerSecond: pace }) }),
    onSuccess: async (job) => {
      if ("id" in job) followedJobs.follow(slug, [job.id]);
      onStarted?.();
      onClose();
      await client.invalidateQueries({ queryKey: queryKeys.replays(slug) });
    },
  });
  const queued = sumCounts(counted?.waiting ?? []);
  const nameOf = (id: string) =>
    webhooks.data?.data.find((one) => one.id === id)?.name ?? "a deleted webhook";
  const disabled = counted?.endpoints.some(({ endpointId }) =>
    webhooks.data?.data.some(({ id, status }) => id === endpointId && status === "disabled"),
  );
  const count = counted?.count ?? 0;
  const error = dryRun.error ?? send.error;
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()}>
      <DialogContent className="sm:max-w-lg">
        <DialogHeader>
          <DialogTitle>
            {count > 0
              ? `Send ${countEvents(count)} again?`
              : queued > 0
                ? `${countEvents(queued)} already queued`
                : counted
                  ? "Nothing to send again"
                  : "Send again?"}
          </DialogTitle>
          <DialogDescription>
            {counted
              ? describeSkipped({
                  count,
                  queued,
                  skipped: counted.skipped - queued,
                  waits: disabled === true,
                })
              : "Counting what would be sent…"}
          </DialogDescription>
        </DialogHeader>
        <DialogBody>
          {counted && count > 0 && (
            <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1.5">
              <Line label="Webhooks">
                {list(counted.endpoints.map(({ endpointId, count: n }) => [nameOf(endpointId), n]))}
              </Line>
              <Line label="Types">{list(counted.types.map(({ type, count: n }) => [type, n]))}</Line>
              {counted.oldest && now && (
                <Line label="Oldest">{formatMoment(new Date(counted.oldest), now)}</Line>
              )}
            </dl>
          )}
          {counted && (
            <WaitingWebhooks
              waits={addByWebhook([
                ...counted.endpoints.filter(({ nextProbeAt }) => nextProbeAt !== null),
                ...counted.waiting,
              ])}
              onTried={() => void dryRun.refetch()}
            />
          )}
          {count > 1 && (
            <div className="grid gap-3 sm:grid-cols-2">
              <PaceField count={count} pace={pace} onChange={setPace} />
              <FormField label="Order">
                {(field) => (
                  <Select
                    value={order}
                    onValueChange={(value) => setOrder(value === "newest" ? "newest" : "oldest")}
                  >
                    <SelectTrigger {...field}>
                      <SelectValue />
                    </SelectTrigger>
                    <SelectContent>
                      {replayOrders.map((one) => (
                        <SelectItem key={one} value={one}>
                          {orderLabels[one]}
                        </SelectItem>
                      ))}
                    </SelectContent>
                  </Select>
                )}
              </FormField>
            </div>
          )}
          <FieldError>{error?.message}</FieldError>
        </DialogBody>
        <DialogFooter onCancel={onClose}>
          <Button
            pending={send.isPending || dryRun.isFetching}
            disabled={count === 0}
            onClick={() => send.mutate()}
          >
            Send {count > 0 ? countEvents(count) : "again"}
          </Button>
        </DialogFooter>
      </DialogContent>
    </Dialog>
  );
}

function Line({ label, children }: { label: string; children: string }) {
  return (
    <>
      <dt className="text-muted-foreground">{label}</dt>
      <dd className="min-w-0 break-words">{children}</dd>
    </>
  );
}

/** "Billing (12), Shop (3) and 2 more" */
function list(counts: [name: string, n: number][]): string {
  const named = counts.slice(0, 4).map(([name, n]) => `${name} (${n.toLocaleString("en")})`);
  const more = counts.length - named.length;
  return more > 0 ? `${named.join(", ")} and ${more.toLocaleString("en")} more` : named.join(", ");
}

type Counts = readonly { endpointId: string; count: number }[];

/** Of each webhook one count: what would be sent, and what is queued already, wait for the same try. */
function addByWebhook(counts: Counts): Counts {
  const all = new Map<string, number>();
  for (const { endpointId, count } of counts) all.set(endpointId, (all.get(endpointId) ?? 0) + count);
  return [...all].map(([endpointId, count]) => ({ endpointId, count }));
}

/** What happens to deliveries that are sent, to those that wait for a failing webhook, and to all others. */
function describeSkipped({
  count,
  queued,
  skipped,
  waits,
}: Record<"count" | "queued" | "skipped", number> & {
  /** Whether they are sent only after their webhook is enabled. */
  waits: boolean;
}): string {
  const parts = [
    count > 0 &&
      (waits
        ? "The webhook is disabled: the job waits, and goes on when it is enabled."
        : "They are sent alongside new events."),
    queued > 0 &&
      (count > 0
        ? `${queued.toLocaleString("en")} more ${queued === 1 ? "is" : "are"} queued already.`
        : `${queued === 1 ? "It doesn't" : "They don't"} need to be sent again.`),
    skipped > 0 &&
      `${countEvents(skipped)} ${skipped === 1 ? "is" : "are"} skipped: due or being sent now, or the webhook is disabled or deleted.`,
  ].filter((part) => part !== false);
  return parts.length > 0 ? parts.join(" ") : "No event matches any more.";
}
