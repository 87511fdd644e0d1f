import { renderHook, waitFor } from "@testing-library/react";
import { expect, test } from "vitest";
import { inWorkspace } from "@/components/testing/in-workspace";
import { type ApiAnswer, type ApiRequest, serveApi } from "@/components/testing/serve-api";
import { useLookups } from "./use-lookups";

const digits = "01a222af00007000800000000000000a";
const others = "01a222af00007000800000000000000b";
const both = (prefix: string, given: object) => ({
  data: [`${prefix}_${others}`, `${prefix}_${digits}`].map((id) => ({ id, ...given })),
  nextCursor: null,
});

const api: Record<string, unknown> = {
  "/invitations": both("inv", { email: "bo@example.com" }),
  "/domains": both("dom", { domain: "example.com" }),
  "/saved-views": both("svw", { name: "Refunds", log: "published", query: "type=refund" }),
  "/workspace": { id: `ws_${digits}`, name: "Acme" },
  "/members": both("usr", { name: "Ana", email: "ana@example.com" }),
  [`/emails/eml_${digits}`]: { subject: "Billing fails" },
  [`/endpoints/ep_${digits}`]: { name: "Billing" },
  [`/replays/rpl_${digits}`]: { kind: "replay" },
  "/failure-groups": {
    data: [{ endpointId: "ep_1", httpStatus: 500, error: null, text: "db pool exhausted" }],
  },
};

const entry = {
  id: `aud_${digits}`,
  action: "endpoint.disabled",
  actor: { name: "Ana" },
  target: { name: "Billing" },
};

const answered = ({ path, query }: ApiRequest): ApiAnswer =>
  path === "/audit-log"
    ? { body: { data: [entry].filter(({ id }) => id === query.get("id")), nextCursor: null } }
    : Object.hasOwn(api, path)
      ? { body: api[path] }
      : { status: 404, body: { title: "Not found", status: 404 } };

const lookUp = (text: string) =>
  renderHook(() => useLookups(text), { wrapper: inWorkspace() }).result as { current: unknown };

test.each([
  ["inv", "bo@example.com", "Invitation", "/acme/settings/members"],
  ["dom", "example.com", "Email domain", "/acme/settings/members"],
  ["aud", "endpoint.disabled Billing", "Audit log, by Ana", `/acme/settings/audit-log?id=aud_${digits}`],
  ["ws", "Acme", "This workspace", "/acme/settings/general"],
  ["usr", "Ana", "Member, ana@example.com", "/acme/settings/members"],
  ["eml", "Billing fails", "Email", `/acme/settings/emails?email=eml_${digits}`],
  ["ep", "Billing", "Webhook", `/acme/developers/webhooks/ep_${digits}`],
  ["svw", "Refunds", "Saved view", `/acme/developers/events?view=published&type=refund&saved=svw_${digits}`],
  ["rpl", "Replay", "Job", `/acme/developers/jobs?job=rpl_${digits}`],
  [
    "fgr",
    "500 db pool exhausted",
    "Failures of one kind",
    `/acme/developers/webhooks/ep_1?group=fgr_${digits}`,
  ],
])("a pasted %s_ id leads to its one page", async (prefix, label, detail, href) => {
  await serveApi(answered);
  const id = `${prefix}_${digits}`;
  const result = lookUp(` ${id} `);
  await waitFor(() => expect(result.current).toEqual([{ key: id, label, detail, href }]));
});

test("an entry of the audit log is asked for by its id, however many others were written with it", async () => {
  const requests = await serveApi(answered);
  const result = lookUp(`aud_${digits}`);
  await waitFor(() => expect(result.current).toHaveLength(1));
  expect(requests[0]?.query.get("id")).toBe(`aud_${digits}`);
});

test.each(["inv", "dom", "aud", "ws", "usr", "svw"])(
  "a %s_ id of something else is not found",
  async (prefix) => {
    const requests = await serveApi(answered);
    const result = lookUp(`${prefix}_${"f".repeat(32)}`);
    // Before it has asked, it is empty too.
    await waitFor(() => expect(requests.length).toBeGreaterThan(0));
    await waitFor(() => expect(result.current).toEqual([]));
  },
);

test.each([403, 404])("what is answered with %i is not found, which is no error", async (status) => {
  const requests = await serveApi(() => ({ status, body: { title: "No", status } }));
  const result = lookUp(`inv_${digits}`);
  await waitFor(() => expect(requests).toHaveLength(1));
  await waitFor(() => expect(result.current).toEqual([]));
});
