import { render, screen } from "@testing-library/react";
import { expect, test } from "vitest";
import { NewRows } from "./new-rows";

const shown = (count: number) => <NewRows count={count} listing={false} onList={async () => {}} />;

test("new rows are announced once, not each time that their number grows", () => {
  const { rerender } = render(shown(0));
  const status = screen.getByRole("status");
  expect(status.textContent).toBe("");
  rerender(shown(1));
  expect(status.textContent).toBe("There are new events above the list.");
  rerender(shown(12));
  expect(screen.getByRole("button", { name: "12 new" })).toBeTruthy();
  expect(status.textContent).toBe("There are new events above the list.");
});
