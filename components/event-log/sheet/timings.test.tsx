import { render, screen } from "@testing-library/react";
import { expect, test } from "vitest";
import { testAttempt } from "@/components/testing/test-delivery";
import { Timings } from "./timings";

const none = { dnsMs: null, connectMs: null, tlsMs: null, waitMs: null, readMs: null };
const phases = () =>
  screen.getAllByRole("term").map((term) => `${term.textContent} ${term.nextSibling?.textContent}`);

test("each phase that was come to has its time, and the address is said", () => {
  const timings = { dnsMs: 3, connectMs: 20, tlsMs: 31, waitMs: 1_500, readMs: null };
  render(<Timings attempt={testAttempt({ remoteAddress: "203.0.113.9", timings })} />);
  expect(phases()).toEqual(["DNS 3 ms", "Connect 20 ms", "TLS 31 ms", "Wait 1.50 s"]);
  expect(screen.getByText("203.0.113.9")).toBeDefined();
  expect(screen.queryByText(/connection that was open/)).toBeNull();
});

test("a connection that was open already is said", () => {
  const timings = { ...none, waitMs: 30, readMs: 1 };
  render(<Timings attempt={testAttempt({ remoteAddress: "203.0.113.9", timings })} />);
  expect(phases()).toEqual(["Wait 30 ms", "Read 1 ms"]);
  expect(screen.getByText(/on a connection that was already open: no DNS, connect or TLS/)).toBeDefined();
});

test("nothing is shown of an attempt without", () => {
  const { container } = render(<Timings attempt={testAttempt({ timings: null })} />);
  expect(container.innerHTML).toBe("");
});
