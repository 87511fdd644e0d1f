import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import { FilterOptions } from "./filter-options";

const optionsOf = (count: number) =>
  Array.from({ length: count }, (_, at) => ({ value: `t${at}`, label: `type.${at}` }));

function show(count: number, chosen: string[] = []) {
  const calls: string[] = [];
  render(
    <FilterOptions
      label="Type"
      options={optionsOf(count)}
      chosen={chosen}
      onAdd={(value) => calls.push(`add ${value}`)}
      onRemove={(value) => calls.push(`remove ${value}`)}
      onClear={() => calls.push("clear")}
    />,
  );
  return calls;
}

test("the first control takes the focus: an option, or the search if there are many", () => {
  show(3);
  expect(screen.queryByRole("searchbox")).toBeNull();
  expect(document.activeElement).toBe(screen.getAllByRole("checkbox")[0]);
});

test("many options are narrowed by a search, whatever its case", async () => {
  show(12);
  expect(document.activeElement).toBe(screen.getByRole("searchbox", { name: "Search type" }));
  await userEvent.keyboard("TYPE.1");
  expect(screen.getAllByRole("checkbox").length).toBe(3);
  await userEvent.keyboard("x");
  expect(screen.getByText("Nothing to choose")).toBeDefined();
});

test("options are put to what is chosen and taken from it, one by one or all", async () => {
  const calls = show(3, ["t1"]);
  await userEvent.click(screen.getByRole("checkbox", { name: "type.0" }));
  await userEvent.click(screen.getByRole("checkbox", { name: "type.1" }));
  await userEvent.click(screen.getByRole("button", { name: "Clear" }));
  expect(calls).toEqual(["add t0", "remove t1", "clear"]);
});

test("there is nothing to clear while nothing is chosen", () => {
  show(3);
  expect(screen.queryByRole("button", { name: "Clear" })).toBeNull();
});

test("the arrow keys move between the search and the options, and Enter chooses", async () => {
  const calls = show(12);
  await userEvent.keyboard("{ArrowDown}{ArrowDown}{Enter}");
  expect(document.activeElement).toBe(screen.getByRole("checkbox", { name: "type.1" }));
  await userEvent.keyboard("{ArrowUp}{Enter}{ArrowUp}{ArrowUp}");
  expect(document.activeElement).toBe(screen.getByRole("searchbox"));
  expect(calls).toEqual(["add t1", "add t0"]);
});

test("after Clear, which vanishes, the focus is on the first option", async () => {
  show(3, ["t1"]);
  await userEvent.click(screen.getByRole("button", { name: "Clear" }));
  expect(document.activeElement).toBe(screen.getAllByRole("checkbox")[0]);
});
