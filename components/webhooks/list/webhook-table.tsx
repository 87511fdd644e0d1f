"use client";

import Link from "next/link";
import { useRouter } from "next/navigation";
import type { MouseEvent } from "react";
import { webhookPaths } from "@/components/data/webhook-paths";
import { useCan, useWorkspace } from "@/components/shell/use-workspace";
import {
  Table,
  TableBody,
  TableCaption,
  TableCell,
  TableHead,
  TableHeader,
  TableRow,
} from "@/components/ui/table";
import { WebhookMenu } from "@/components/webhooks/actions/webhook-menu";
import { HealthBadge } from "@/components/webhooks/health-badge";
import { tokenHeading } from "@/components/webhooks/signature/signature-texts";
import { SignatureToken } from "@/components/webhooks/signature/signature-token";
import type { EndpointOutput } from "@/lib/contract/endpoints";
import { describeEvents } from "./describe-events";
import { FailingLines } from "./failing-lines";
import { LastAttempt } from "./last-attempt";
import { TrafficBars } from "./traffic-bars";
import { TryNowButton } from "./try-now-button";

/** Whether a click hit the row itself: not a control in it or beside one, nor a dialog that a control opened. */
const onRow = ({ target, currentTarget }: MouseEvent) =>
  target instanceof Element &&
  currentTarget.contains(target) &&
  target.closest("a, button, [data-controls]") === null;

/**
 * Webhooks as rows of 56 px, for wide screens; less important columns are hidden if there is little room, the name
 * and the menu never.
 */
export function WebhookTable({ endpoints }: { endpoints: readonly EndpointOutput[] }) {
  const { slug } = useWorkspace();
  const router = useRouter();
  const mayWrite = useCan("endpoints:write");
  const mayReveal = useCan("secrets:read");
  return (
    <div className="@container">
      <Table>
        <TableCaption>Webhooks of this workspace</TableCaption>
        <TableHeader>
          <tr>
            <TableHead>Health</TableHead>
            <TableHead className="w-full">Webhook</TableHead>
            <TableHead className="@max-[740px]:hidden">Events</TableHead>
            {mayReveal && <TableHead className="@max-[1000px]:hidden">{tokenHeading(endpoints)}</TableHead>}
            <TableHead>24 hours</TableHead>
            <TableHead className="@max-[1150px]:hidden">Last delivery</TableHead>
            {mayWrite && (
              <TableHead>
                <span className="sr-only">Actions</span>
              </TableHead>
            )}
          </tr>
        </TableHeader>
        <TableBody>
          {endpoints.map((endpoint) => (
            <TableRow
              key={endpoint.id}
              className="h-14 cursor-pointer hover:bg-surface"
              onClick={(event) => {
                if (onRow(event)) router.push(webhookPaths.show(slug, endpoint.id));
              }}
            >
              <TableCell className="min-w-44 max-w-44 py-1.5 @min-[740px]:min-w-52 @min-[740px]:max-w-64">
                <HealthBadge endpoint={endpoint} />
                <TryNowButton endpoint={endpoint} className="mt-1 ml-5.5" />
              </TableCell>
              <TableCell className="max-w-0 py-1.5">
                <Link
                  href={webhookPaths.show(slug, endpoint.id)}
                  className="block truncate font-medium hover:underline"
                  title={endpoint.name}
                >
                  {endpoint.name}
                </Link>
                <span className="block truncate font-mono text-muted-foreground text-xs" title={endpoint.url}>
                  {endpoint.url}
                </span>
                <FailingLines endpoint={endpoint} />
              </TableCell>
              <TableCell className="whitespace-nowrap @max-[740px]:hidden">
                <span title={endpoint.eventTypes?.join(", ")}>{describeEvents(endpoint.eventTypes)}</span>
              </TableCell>
              {mayReveal && (
                <TableCell data-controls="" className="min-w-52 max-w-52 @max-[1000px]:hidden">
                  <SignatureToken endpoint={endpoint} />
                </TableCell>
              )}
              <TableCell data-controls="" className="min-w-60">
                <TrafficBars
                  endpoint={endpoint}
                  onOpenHour={(from, to) => router.push(webhookPaths.hour(slug, endpoint.id, from, to))}
                />
              </TableCell>
              <TableCell className="min-w-44 whitespace-nowrap text-muted-foreground @max-[1150px]:hidden">
                <LastAttempt endpoint={endpoint} />
              </TableCell>
              {mayWrite && (
                <TableCell data-controls="" className="pr-2 pl-0">
                  <WebhookMenu endpoint={endpoint} />
                </TableCell>
              )}
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </div>
  );
}
