import { fireEvent, render, screen } from "@testing-library/react";
import { expect, test } from "vitest";
import { testEndpoint } from "@/components/testing/test-endpoint";
import type { EndpointOutput } from "@/lib/contract/endpoints";
import { TrafficBars } from "./traffic-bars";

const hourMs = 3_600_000;
const thisHour = Math.floor(Date.now() / hourMs) * hourMs;

function show(given: Partial<EndpointOutput>) {
  const opened: [Date, Date][] = [];
  render(<TrafficBars endpoint={testEndpoint(given)} onOpenHour={(from, to) => opened.push([from, to])} />);
  return opened;
}

test("the bars are said in a sentence, and beside them the rate", () => {
  const hours = [{ hour: new Date(thisHour).toISOString(), succeeded: 1_990, failed: 6, pending: 4 }];
  show({ health24h: { due: 2_000, requests: 2_100, succeeded: 1_990, successRate: 0.995, hours } });
  expect(
    screen.getByRole("button", {
      name: "99.5 % of 2,000 events delivered in 24 hours. Open the log",
    }),
  ).toBeDefined();
  expect(screen.getByText("· 2,000")).toBeDefined();
});

test("a webhook without traffic has none yet on its first day, and none in 24 hours later", () => {
  show({ createdAt: new Date(Date.now() - hourMs).toISOString() });
  show({ createdAt: new Date(Date.now() - 30 * hourMs).toISOString() });
  expect(screen.getAllByRole("button").map((button) => button.getAttribute("aria-label"))).toEqual([
    "No events yet. Open the log",
    "No events in 24 hours. Open the log",
  ]);
});

test("by keyboard the log of all 24 hours is opened, by a click that of the hour under it", () => {
  const opened = show({});
  const button = screen.getByRole("button");
  fireEvent.click(button, { detail: 0 });
  fireEvent.click(button, { detail: 1, clientX: 119 });
  const [[first, last] = [], [from, to] = []] = opened;
  expect((last?.getTime() ?? 0) - (first?.getTime() ?? 0)).toBe(24 * hourMs);
  expect((to?.getTime() ?? 0) - (from?.getTime() ?? 0)).toBe(hourMs);
  expect(to).toEqual(last);
});
