import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import { Controlled } from "@/components/testing/controlled";
import { type ApiKeyScope, apiKeyScopes } from "@/lib/core/api-keys";
import { ScopeCheckboxes } from "./scope-checkboxes";

function show(initial: ApiKeyScope[]) {
  const values: ApiKeyScope[][] = [];
  render(
    <Controlled initial={initial} values={values}>
      {(value, onChange) => <ScopeCheckboxes value={value} onChange={onChange} />}
    </Controlled>,
  );
  return values;
}

test("scopes are chosen one by one, and stay in the order in which they are listed", async () => {
  const [first, second, third] = apiKeyScopes;
  const values = show([third as ApiKeyScope]);
  const boxes = screen.getAllByRole("checkbox");
  await userEvent.click(boxes[0] as HTMLElement);
  await userEvent.click(boxes[1] as HTMLElement);
  await userEvent.click(boxes[2] as HTMLElement);
  expect(values).toEqual([
    [first, third],
    [first, second, third],
    [first, second],
  ]);
});

test("all are chosen at once, and cleared at once when all are", async () => {
  const values = show([]);
  await userEvent.click(screen.getByRole("button", { name: "Select all" }));
  expect(values.at(-1)).toEqual([...apiKeyScopes]);
  await userEvent.click(screen.getByRole("button", { name: "Clear all" }));
  expect(values.at(-1)).toEqual([]);
});
