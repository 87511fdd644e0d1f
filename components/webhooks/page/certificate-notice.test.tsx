import { render, screen } from "@testing-library/react";
import { expect, test } from "vitest";
import { CertificateNotice } from "./certificate-notice";

const inDays = (days: number) => new Date(Date.now() + days * 86_400_000 + 60_000).toISOString();

test("a certificate that is about to expire is said, with the day, while it still works", () => {
  render(<CertificateNotice expiresAt={inDays(9)} />);
  expect(screen.getByRole("status").textContent).toMatch(/^The certificate expires in 9 days, .+ Renew it/);
});

test("of one that has expired it says what that means now", () => {
  render(<CertificateNotice expiresAt={inDays(-2)} />);
  expect(screen.getByRole("status").textContent).toMatch(
    /^The certificate has expired, .+ Nothing can be delivered until it is renewed\.$/,
  );
});

test("nothing is said while there is time, or if none is known", () => {
  render(<CertificateNotice expiresAt={inDays(60)} />);
  render(<CertificateNotice expiresAt={null} />);
  expect(screen.queryByRole("status")).toBeNull();
});
