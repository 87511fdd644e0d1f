import { render, screen } from "@testing-library/react";
import { expect, test } from "vitest";
import { EventOutcomes } from "./event-outcomes";

test.each([
  [1, "1 on its way"],
  [2, "2 on their way"],
])("%i deliveries that have not ended are counted in plain English", (pending, text) => {
  const statuses = { pending, held: 0, succeeded: 1, failed: 0, discarded: 0 };
  render(<EventOutcomes event={{ deliveries: pending + 1, statuses }} />);
  expect(screen.getByTitle(`${text}, 1 succeeded`).textContent).toBe(`${text}1 succeeded`);
});
