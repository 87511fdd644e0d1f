import { render, screen } from "@testing-library/react";
import { afterEach, expect, test } from "vitest";
import { setTimeStyle } from "./format-time";
import { AbsoluteTime } from "./time";

afterEach(() => setTimeStyle({ timeZone: null, clock: "24h" }));

test.each([
  ["24h", "14:32:07", "14:32:07.412"],
  ["12h", "2:32:07 pm", "2:32:07.412 pm"],
] as const)("the milliseconds can be hidden, by the clock of %s too", (clock, short, full) => {
  setTimeStyle({ timeZone: "UTC", clock });
  const { container } = render(
    <AbsoluteTime value="2026-11-20T14:32:07.412Z" fractionClassName="fraction" />,
  );
  expect(screen.getByText(/14:32|2:32/).textContent).toBe(full);
  container.querySelector(".fraction")?.remove();
  expect(container.textContent).toBe(short);
});
