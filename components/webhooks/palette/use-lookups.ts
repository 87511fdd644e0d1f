"use client";

import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { webhookPaths } from "@/components/data/webhook-paths";
import { useWorkspace } from "@/components/shell/use-workspace";
import { ApiError } from "@/lib/api-client/api-error";
import { callApi } from "@/lib/api-client/call-api";
import { queryKeys } from "@/lib/api-client/query-keys";
import type { ApiKeyOutput } from "@/lib/contract/api-keys";
import { attemptErrorTexts } from "@/lib/core/deliveries";
import { timeOfId } from "@/lib/core/time-of-id.mjs";
import { mayBeKey, type PastedId, readApiKey, readId } from "./read-id";

/** A page that the text in the palette leads to. */
export type Lookup = { key: string; label: string; detail: string; href: string };

const settleMs = 200;

/** Where a typed or pasted id or key leads: undefined while it is looked up, the error if that failed. */
export function useLookups(text: string): Lookup[] | Error | undefined {
  const { slug } = useWorkspace();
  const settled = useSettled(text.trim());
  const apiKey = readApiKey(settled);
  // The secret is neither kept nor sent.
  const sought = apiKey ?? settled;
  const wanted = apiKey !== null || readId(settled) !== null || mayBeKey(settled);
  const { data, error } = useQuery({
    queryKey: queryKeys.lookups(slug, sought),
    queryFn: ({ signal }) => lookUp({ workspace: slug, signal }, sought, apiKey !== null),
    enabled: wanted,
    staleTime: 30_000,
  });
  if (settled !== text.trim()) return undefined;
  return wanted ? (error ?? data) : [];
}

function useSettled(text: string): string {
  const [settled, setSettled] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), settleMs);
    return () => clearTimeout(timer);
  }, [text]);
  return settled;
}

type Place = { workspace: string; signal: AbortSignal };

async function lookUp(place: Place, text: string, isApiKey: boolean): Promise<Lookup[]> {
  if (isApiKey) return findApiKeys(place, ({ hint }) => hint.startsWith(text));
  const pasted = readId(text);
  if (!pasted) return findEvents(place, text);
  try {
    return await finders[pasted.kind](place, pasted.id);
  } catch (error) {
    // It does not exist, or the user may not see it.
    if (error instanceof ApiError && (error.status === 404 || error.status === 403)) return [];
    throw error;
  }
}

/** How each kind of id is looked up, and the page that it leads to. */
const finders: Record<PastedId["kind"], (place: Place, id: string) => Promise<Lookup[]>> = {
  event: (place, id) => findEvents(place, id, "Event"),
  delivery: (place, id) => findDeliveries(place, id, "Delivery"),
  attempt: (place, id) => findDeliveries(place, id, "Delivery of the attempt"),
  endpoint: async ({ workspace, signal }, id) => {
    const { name } = await callApi("GET /endpoints/{id}", { workspace, params: { id }, signal });
    return [{ key: id, label: name, detail: "Webhook", href: webhookPaths.show(workspace, id) }];
  },
  transition: async ({ workspace, signal }, id) => {
    // Histograms have the changes of all webhooks within their time, which is in the id.
    const query = minuteAround(id);
    const { marks } = await callApi("GET /deliveries/histogram", { workspace, query, signal });
    const mark = marks.find((one) => one.id === id);
    if (!mark) return [];
    const params = { id: mark.endpointId };
    const { name } = await callApi("GET /endpoints/{id}", { workspace, params, signal });
    const href = webhookPaths.tab(workspace, mark.endpointId, "overview");
    return [{ key: id, label: name, detail: ["State change", mark.reason].filter(Boolean).join(" "), href }];
  },
  job: async ({ workspace, signal }, id) => {
    const { kind } = await callApi("GET /replays/{id}", { workspace, params: { id }, signal });
    const label = kind === "replay" ? "Replay" : "Discarding";
    return [{ key: id, label, detail: "Job", href: webhookPaths.job(workspace, id) }];
  },
  apiKey: (place, id) => findApiKeys(place, (key) => key.id === id),
  failureGroup: async ({ workspace, signal }, id) => {
    const { data } = await callApi("GET /failure-groups", { workspace, query: { id }, signal });
    return data.map(({ endpointId, httpStatus, error, text }) => ({
      key: id,
      label: `${httpStatus ?? (error && attemptErrorTexts[error].title)} ${text}`.trim(),
      detail: "Failures of one kind",
      href: webhookPaths.failureGroup(workspace, endpointId, id),
    }));
  },
  member: async ({ workspace, signal }, id) => {
    const { data } = await callApi("GET /members", { workspace, signal });
    const found = data.filter((one) => one.id === id);
    const href = `/${workspace}/settings/members`;
    return found.map(({ name, email }) => ({ key: id, label: name, detail: `Member, ${email}`, href }));
  },
  email: async ({ workspace, signal }, id) => {
    const { subject } = await callApi("GET /emails/{id}", { workspace, params: { id }, signal });
    const href = `/${workspace}/settings/emails?email=${id}`;
    return [{ key: id, label: subject, detail: "Email", href }];
  },
  invitation: async ({ workspace, signal }, id) => {
    const { data } = await callApi("GET /invitations", { workspace, signal });
    const href = `/${workspace}/settings/members`;
    return data
      .filter((one) => one.id === id)
      .map(({ email }) => ({ key: id, label: email ?? "A link", detail: "Invitation", href }));
  },
  domain: async ({ workspace, signal }, id) => {
    const { data } = await callApi("GET /domains", { workspace, signal });
    const href = `/${workspace}/settings/members`;
    return data
      .filter((one) => one.id === id)
      .map(({ domain }) => ({ key: id, label: domain, detail: "Email domain", href }));
  },
  auditEntry: async ({ workspace, signal }, id) => {
    const { data } = await callApi("GET /audit-log", { workspace, query: { id }, signal });
    return data.map(({ action, actor, target }) => ({
      key: id,
      label: [action, target.name].filter(Boolean).join(" "),
      detail: `Audit log, by ${actor.name ?? "Posthorn"}`,
      href: `/${workspace}/settings/audit-log?id=${id}`,
    }));
  },
  savedView: async ({ workspace, signal }, id) => {
    const { data } = await callApi("GET /saved-views", { workspace, signal });
    return data
      .filter((one) => one.id === id)
      .map((view) => ({
        key: id,
        label: view.name,
        detail: "Saved view",
        href: webhookPaths.savedView(workspace, view),
      }));
  },
  workspace: async ({ workspace, signal }, id) => {
    const one = await callApi("GET /workspace", { workspace, signal });
    if (one.id !== id) return [];
    return [{ key: id, label: one.name, detail: "This workspace", href: `/${workspace}/settings/general` }];
  },
};

/** A range of time around that in a transition's public id. */
function minuteAround(id: string): { from: string; to: string } {
  const digits = id.slice("trn_".length);
  const at = timeOfId(`${digits.slice(0, 8)}-${digits.slice(8)}`).getTime();
  return { from: new Date(at - 60_000).toISOString(), to: new Date(at + 60_000).toISOString() };
}

async function findDeliveries({ workspace, signal }: Place, id: string, detail: string): Promise<Lookup[]> {
  const query = { q: id, tests: "1" as const, limit: 1 };
  const { data } = await callApi("GET /deliveries", { workspace, query, signal });
  return data.map((one) => ({
    key: one.id,
    label: one.type,
    detail,
    href: webhookPaths.loggedDelivery(workspace, one.id),
  }));
}

/** @param detail of an event that is found by its id */
async function findEvents({ workspace, signal }: Place, text: string, detail?: string): Promise<Lookup[]> {
  const { data } = await callApi("GET /events", { workspace, query: { q: text, limit: 5 }, signal });
  return data.map(({ id, type, idempotencyKey }) => ({
    key: id,
    label: type,
    detail: detail ?? `Event with the ${idempotencyKey === text ? "key" : "value"} ${text}`,
    href: webhookPaths.publishedEvent(workspace, id),
  }));
}

async function findApiKeys(
  { workspace, signal }: Place,
  fits: (key: ApiKeyOutput) => boolean,
): Promise<Lookup[]> {
  const found: ApiKeyOutput[] = [];
  let cursor: string | null = null;
  do {
    const page: { data: ApiKeyOutput[]; nextCursor: string | null } = await callApi("GET /api-keys", {
      workspace,
      query: { limit: 100, cursor },
      signal,
    });
    found.push(...page.data.filter(fits));
    cursor = page.nextCursor;
  } while (cursor !== null);
  const href = webhookPaths.apiKeys(workspace);
  return found.map(({ id, name, hint }) => ({ key: id, label: name, detail: `API key ${hint}`, href }));
}
