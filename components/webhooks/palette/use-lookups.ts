"use client";

import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { webhookPaths } from "@/components/data/webhook-paths";
import { useWorkspace } from "@/components/shell/use-workspace";
import { callApi } from "@/lib/api-client/call-api";
import { queryKeys } from "@/lib/api-client/query-keys";
import { mayBeKey, readId } from "./read-id";

/** A page that the text in the palette leads to. */
export type Lookup = { key: string; label: string; detail: string; href: string };

const settleMs = 200;

/** Where an id or a key leads that was typed or pasted; undefined while it is looked for. */
export function useLookups(text: string): Lookup[] | undefined {
  const { slug } = useWorkspace();
  const settled = useSettled(text.trim());
  const wanted = readId(settled) !== null || mayBeKey(settled);
  const { data } = useQuery({
    queryKey: queryKeys.lookups(slug, settled),
    queryFn: ({ signal }) => lookUp(slug, settled, signal),
    enabled: wanted,
    staleTime: 30_000,
  });
  if (settled !== text.trim()) return undefined;
  return wanted ? data : [];
}

function useSettled(text: string): string {
  const [settled, setSettled] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), settleMs);
    return () => clearTimeout(timer);
  }, [text]);
  return settled;
}

async function lookUp(workspace: string, text: string, signal: AbortSignal): Promise<Lookup[]> {
  const pasted = readId(text);
  if (pasted?.kind === "endpoint") {
    const { data } = await callApi("GET /endpoints", { workspace, query: { limit: 100 }, signal });
    const found = data.find(({ id }) => id === pasted.id);
    return found
      ? [
          {
            key: found.id,
            label: found.name,
            detail: "Webhook",
            href: webhookPaths.show(workspace, found.id),
          },
        ]
      : [];
  }
  if (pasted?.kind === "delivery" || pasted?.kind === "attempt") {
    const query = { q: pasted.id, tests: "1" as const, limit: 1 };
    const { data } = await callApi("GET /deliveries", { workspace, query, signal });
    return data.map(({ id, type }) => ({
      key: id,
      label: type,
      detail: pasted.kind === "delivery" ? "Delivery" : "Delivery of the attempt",
      href: webhookPaths.loggedDelivery(workspace, id),
    }));
  }
  const query = { q: pasted?.id ?? text, limit: 5 };
  const { data } = await callApi("GET /events", { workspace, query, signal });
  return data.map(({ id, type, idempotencyKey }) => ({
    key: id,
    label: type,
    detail: pasted ? "Event" : `Event with the ${idempotencyKey === text ? "key" : "value"} ${text}`,
    href: webhookPaths.publishedEvent(workspace, id),
  }));
}
