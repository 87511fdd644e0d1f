"use client";

import Link from "next/link";
import { webhookPaths } from "@/components/data/webhook-paths";
import { useCan, useWorkspace } from "@/components/shell/use-workspace";
import { Button } from "@/components/ui/button";

/** A workspace without any activity: what to do first, and what comes next. */
export function GettingStarted() {
  const { slug } = useWorkspace();
  const mayAdd = useCan("endpoints:write");
  const mayMakeKeys = useCan("apiKeys:write");
  if (!mayAdd) {
    return (
      <p className="rounded-lg border border-border border-dashed px-6 py-12 text-center text-muted-foreground">
        Nothing has happened in this workspace yet. An owner or a developer can add the first webhook.
      </p>
    );
  }
  const steps = [
    {
      title: "Add a webhook",
      text: "A URL of yours that gets a signed request for each event you choose.",
      href: webhookPaths.add(slug),
    },
    ...(mayMakeKeys
      ? [
          {
            title: "Create an API key",
            text: "Your product publishes events with it.",
            href: webhookPaths.apiKeys(slug),
          },
        ]
      : []),
    {
      title: "Publish the first event",
      text: "The event log shows the command to run, and the event as it arrives.",
      href: webhookPaths.log(slug),
    },
  ];
  return (
    <section aria-label="First steps" className="grid max-w-2xl gap-3">
      <p className="text-muted-foreground">
        Nothing has happened in this workspace yet. When events are sent, this page shows their deliveries.
      </p>
      <ol className="divide-y divide-border rounded-lg border border-border">
        {steps.map(({ title, text, href }, index) => (
          <li key={title} className="flex items-center gap-3 px-3 py-3">
            <span
              aria-hidden="true"
              className="grid size-6 shrink-0 place-items-center rounded-full bg-muted font-medium text-xs"
            >
              {index + 1}
            </span>
            <span className="min-w-0 flex-1">
              <span className="block font-medium">{title}</span>
              <span className="block text-muted-foreground">{text}</span>
            </span>
            <Button asChild variant={index === 0 ? "default" : "outline"} size="sm">
              <Link href={href} aria-label={title}>
                {index === 0 ? "Add" : "Open"}
              </Link>
            </Button>
          </li>
        ))}
      </ol>
    </section>
  );
}
