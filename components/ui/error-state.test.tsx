import { render, screen } from "@testing-library/react";
import { expect, test, vi } from "vitest";
import { ApiError } from "@/lib/api-client/api-error";
import { ErrorState } from "./error-state";

const show = (status: number, detail: string) =>
  render(
    <ErrorState
      title="The email could not be loaded"
      error={new ApiError({ status, detail, requestId: "r-1" })}
      onRetry={vi.fn()}
    />,
  );
const retry = () => screen.queryByRole("button", { name: "Try again" });

test("what does not exist is said to be that: no error of the server, and nothing to try again", () => {
  show(404, "There is no such email.");
  expect(screen.getByText("There is no such email.")).toBeTruthy();
  expect(screen.queryByText(/could not be loaded|server's log/)).toBeNull();
  expect(retry()).toBeNull();
});

test.each([
  [500, 1],
  [503, 1],
  [409, 0],
  [422, 0],
])("only errors of the server refer to its log (%i)", (status, found) => {
  show(status, "It is so.");
  expect(screen.getByText("It is so.")).toBeTruthy();
  expect(screen.queryAllByText(/server's log/)).toHaveLength(found);
  expect(retry()).not.toBeNull();
});
