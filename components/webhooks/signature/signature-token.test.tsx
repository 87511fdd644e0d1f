import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import { asViewer, inWorkspace } from "@/components/testing/in-workspace";
import { serveApi } from "@/components/testing/serve-api";
import { testEndpoint } from "@/components/testing/test-endpoint";
import type { EndpointOutput } from "@/lib/contract/endpoints";
import { SignatureToken } from "./signature-token";

const secret = "whsec_c2VjcmV0";
const serveSecret = () => serveApi(() => ({ body: { secret, publicKey: null, expiring: [] } }));

function show(given: Partial<EndpointOutput> = {}, workspace = {}) {
  let taken = 0;
  const { unmount } = render(<SignatureToken endpoint={testEndpoint(given)} onTaken={() => (taken += 1)} />, {
    wrapper: inWorkspace({ workspace }),
  });
  return { unmount, taken: () => taken };
}
const press = (name: string) => userEvent.click(screen.getByRole("button", { name }));

test("a token comes from the server only when it is asked for, and is forgotten when it is hidden", async () => {
  const requests = await serveSecret();
  const { taken } = show();
  expect(document.body.textContent).not.toContain(secret);
  expect(requests).toEqual([]);
  await press("Reveal the signature token of Billing");
  expect(await screen.findByText(secret)).toBeDefined();
  expect(requests.map(({ path }) => path)).toEqual(["/endpoints/ep_1/secret"]);
  expect(taken()).toBe(1);
  await press("Hide the signature token of Billing");
  expect(document.body.textContent).not.toContain(secret);
  await press("Reveal the signature token of Billing");
  await screen.findByText(secret);
  expect(requests.length).toBe(2);
});

test("a refusal is said in its place", async () => {
  await serveApi(() => ({ status: 403, body: { status: 403, code: "forbidden", detail: "Not for you." } }));
  const { taken } = show();
  await press("Reveal the signature token of Billing");
  expect((await screen.findByRole("alert")).textContent).toBe("Not for you.");
  expect(taken()).toBe(0);
});

test("a person who may not see it reads why, and has no button", () => {
  show({}, asViewer);
  expect(screen.getByText("Only owners and developers of this workspace can see the token.")).toBeDefined();
  expect(screen.queryByRole("button")).toBeNull();
});

test("what is public is shown as it is, to everybody", () => {
  show({ signature: "ed25519", publicKey: "whpk_abc" }, asViewer);
  expect(screen.getByText("whpk_abc")).toBeDefined();
  expect(screen.getByRole("button", { name: "Copy the public key of Billing" })).toBeDefined();
});
