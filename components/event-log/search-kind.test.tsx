import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test, vi } from "vitest";
import { asViewer, inWorkspace } from "@/components/testing/in-workspace";
import { SearchAnywhere, SearchKind } from "./search-kind";

const show = (value: string, workspace = {}) => {
  const onChange = vi.fn();
  render(<SearchAnywhere value={value} onChange={onChange} />, { wrapper: inWorkspace({ workspace }) });
  return onChange;
};

test.each([
  ["pool exhausted", '"pool exhausted"'],
  ["pool*", '"pool"'],
])("%s that is no value can be searched for as text", async (value, text) => {
  const onChange = show(value);
  await userEvent.click(screen.getByRole("button", { name: "Search for this text anywhere" }));
  expect(onChange).toHaveBeenCalledWith(text);
});

test.each([
  ["a text", '"pool"', {}],
  ["an id", `evt_${"0".repeat(32)}`, {}],
  ["a person who sees no payloads", "pool", { ...asViewer, scopes: ["deliveries:read"] }],
])("nothing is offered for %s", (_, value, workspace) => {
  show(value, workspace);
  expect(screen.queryByRole("button")).toBeNull();
});

test.each([
  [{ from: null, to: "2026-11-28T12:00:00.000Z" }, /Payloads up to .* are indexed; newer ones/],
  [
    { from: "2026-11-28T11:00:00.000Z", to: "2026-11-28T12:00:00.000Z" },
    /Payloads before .* are not indexed/,
  ],
  [null, /Payloads are not indexed yet/],
])("what the index covers is said: %j", (covered, said) => {
  render(<SearchKind value="cus_4321" onChange={() => {}} covered={covered} />, { wrapper: inWorkspace() });
  expect(screen.getByText(/^Searches keys and values/).textContent).toMatch(said);
});
