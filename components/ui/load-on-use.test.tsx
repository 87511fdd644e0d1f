import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import { LoadOnUse } from "./load-on-use";

test("an overlay whose code cannot be loaded stays closed, and opens once it can", async () => {
  let isReachable = false;
  const load = async () => {
    if (!isReachable) throw new Error("Failed to load chunk");
  };
  render(
    <LoadOnUse popup="dialog" load={load} button={<button type="button">Status</button>}>
      <p>Options</p>
    </LoadOnUse>,
  );
  await userEvent.click(screen.getByRole("button", { name: "Status" }));
  expect(screen.queryByText("Options")).toBeNull();
  expect(screen.getByRole("button", { name: "Status" })).toBeTruthy();
  isReachable = true;
  await userEvent.click(screen.getByRole("button", { name: "Status" }));
  expect(await screen.findByText("Options")).toBeTruthy();
});
