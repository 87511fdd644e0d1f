import { render, screen } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { expect, test } from "vitest";
import { TimeChart } from "./time-chart";

const hours = ["10", "11", "12"].map((hour, index) => ({
  from: `2026-11-20T${hour}:00:00.000Z`,
  values: { failed: index },
}));

function show(onOpen?: (from: Date, to: Date) => void) {
  render(
    <TimeChart
      title="Outcomes"
      kind="bars"
      series={[{ key: "failed", label: "Failed", swatch: "" }]}
      points={hours}
      bucketSeconds={3_600}
      format={String}
      onOpen={onOpen}
    />,
  );
  return screen.getByRole("slider", { name: "Outcomes, by time" });
}

test("Enter opens the bar that the arrow keys have reached, and a screen reader is told so", async () => {
  const opened: string[][] = [];
  const slider = show((from, to) => opened.push([from.toISOString(), to.toISOString()]));
  expect(document.getElementById(slider.getAttribute("aria-describedby") ?? "")?.textContent).toBe(
    "Enter shows them in the log.",
  );
  slider.focus();
  await userEvent.keyboard("{ArrowLeft}{Enter}");
  expect(slider.getAttribute("aria-valuetext")).toContain("Failed 1");
  expect(opened).toEqual([["2026-11-20T11:00:00.000Z", "2026-11-20T12:00:00.000Z"]]);
});

test("a chart that opens nothing does not claim to", async () => {
  const slider = show();
  expect(slider.hasAttribute("aria-describedby")).toBe(false);
  slider.focus();
  await userEvent.keyboard("{Enter}");
});
