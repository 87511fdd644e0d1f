import { render } from "@testing-library/react";
import { expect, test } from "vitest";
import { testEndpoint } from "@/components/testing/test-endpoint";
import { HealthFigures } from "@/components/webhooks/page/health-figures";
import type { EndpointOutput } from "@/lib/contract/endpoints";
import { FailingLines } from "./failing-lines";

const ago = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString();
const waiting = (minutes: number) => ({ count: 456, more: false, oldestAt: ago(minutes) });
const textOf = (given: Partial<EndpointOutput>) =>
  render(<FailingLines endpoint={testEndpoint(given)} />).container.textContent;
const headerOf = (given: Partial<EndpointOutput>) =>
  render(
    <HealthFigures endpoint={testEndpoint({ lastDeliveryAt: ago(1), lastSuccessAt: ago(1), ...given })} />,
  ).container.textContent;

test("of a failing webhook the list says the error and what waits since when", () => {
  const lastFailure = {
    title: "The webhook answered 500",
    advice: "",
    at: ago(1),
    httpStatus: 500,
    error: null,
  };
  const given = { status: "failing", consecutiveFailures: 6, lastFailure, waiting: waiting(72.5) } as const;
  expect(textOf(given)).toMatch(/^The webhook answered 500456 waiting, oldest 1 h 12 min$/);
  // The banner below the header says it, with what to do.
  expect(headerOf(given)).not.toContain("waiting");
});

test("of a healthy one, list and header say what has waited for long, and not what is about to be sent", () => {
  expect(textOf({ waiting: waiting(30.5) })).toBe("456 waiting, oldest 30 min");
  expect(headerOf({ waiting: waiting(30.5) })).toContain("456 waiting, oldest 30 min");
  expect(textOf({ waiting: waiting(0.1) })).toBe("");
  expect(headerOf({ waiting: waiting(0.1) })).not.toContain("waiting");
  expect(textOf({})).toBe("");
});
