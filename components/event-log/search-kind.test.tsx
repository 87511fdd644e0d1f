import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test, vi } from "vitest";
import { asViewer, inWorkspace } from "@/components/testing/in-workspace";
import { SearchAnywhere } from "./search-kind";

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
