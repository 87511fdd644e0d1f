import { render, screen } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { expect, test, vi } from "vitest";
import { filterNames } from "@/components/event-log/log-params";
import { ApiError } from "@/lib/api-client/api-error";
import { ListFailure } from "./list-failure";

function show(error: Error) {
  const called = { refetch: vi.fn(), onClear: vi.fn() };
  render(
    <ListFailure
      title="The event log could not be loaded"
      error={error}
      query={{ refetch: called.refetch, isFetching: false }}
      filterNames={filterNames}
      onClear={called.onClear}
    />,
  );
  return called;
}

test("filters that are refused are named as on the page, each once, and can be cleared; trying again is not offered", async () => {
  const { onClear } = show(
    new ApiError({
      status: 422,
      detail: "q: must be at most 255 characters",
      errors: [
        { path: "q", message: "must be at most 255 characters" },
        { path: "type.0", message: "must be at most 1000 characters" },
        { path: "type.1", message: "must be at most 1000 characters" },
      ],
    }),
  );
  expect(screen.getByRole("alert").textContent).toContain("These filters can't be used");
  expect(screen.getByText("Search: must be at most 255 characters")).toBeTruthy();
  expect(screen.getAllByText("Type: must be at most 1000 characters")).toHaveLength(1);
  expect(screen.queryByRole("button", { name: "Try again" })).toBeNull();
  await userEvent.click(screen.getByRole("button", { name: "Clear filters" }));
  expect(onClear).toHaveBeenCalledOnce();
});

test("an error of the server is told as one, and can be tried again", async () => {
  const { refetch } = show(new ApiError({ status: 500, title: "Something went wrong" }));
  expect(screen.getByText("The event log could not be loaded")).toBeTruthy();
  await userEvent.click(screen.getByRole("button", { name: "Try again" }));
  expect(refetch).toHaveBeenCalledOnce();
});
