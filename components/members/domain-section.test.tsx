import { render, screen } from "@testing-library/react";
import { expect, test } from "vitest";
import { inWorkspace } from "@/components/testing/in-workspace";
import { serveApi } from "@/components/testing/serve-api";
import { emailDomainsMax } from "@/lib/core/email-domains";
import { DomainSection } from "./domain-section";

test.each([
  [emailDomainsMax - 1, true],
  [emailDomainsMax, false],
])("with %i domains, of at most 20, adding another is offered: %s", async (count, isOffered) => {
  const data = Array.from({ length: count }, (_, n) => ({
    id: `dom_${n}`,
    domain: `d${n}.example.com`,
    role: "viewer",
    address: `postmaster@d${n}.example.com`,
    addedBy: "Ana",
    verifiedAt: "2026-11-20T12:00:00.000Z",
    expiresAt: "2026-11-27T12:00:00.000Z",
    expired: false,
    createdAt: "2026-11-20T12:00:00.000Z",
  }));
  await serveApi(() => ({ body: { data, sendsEmails: true } }));
  render(<DomainSection />, { wrapper: inWorkspace() });
  await screen.findByText("d0.example.com");
  expect(screen.queryAllByRole("button", { name: "Add domain" })).toHaveLength(isOffered ? 1 : 0);
  expect(screen.queryAllByText(/20 domains, which is the limit/)).toHaveLength(isOffered ? 0 : 1);
});
