import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import { Controlled } from "@/components/testing/controlled";
import { HeadersField } from "./headers-field";
import type { HeaderValue } from "./webhook-form-values";

function show(initial: HeaderValue[] | null, storedNames: string[] = [], errors = new Map<string, string>()) {
  const values: (HeaderValue[] | null)[] = [];
  render(
    <Controlled initial={initial} values={values}>
      {(value, onChange) => (
        <HeadersField value={value} storedNames={storedNames} errors={errors} onChange={onChange} />
      )}
    </Controlled>,
  );
  return values;
}

const press = (name: string) => userEvent.click(screen.getByRole("button", { name }));

test("stored headers show their names alone, until they are replaced with new values", async () => {
  const values = show(null, ["x-a", "x-b"]);
  expect(screen.queryByRole("textbox")).toBeNull();
  await press("Replace headers");
  expect(values.at(-1)).toEqual([
    { name: "x-a", value: "" },
    { name: "x-b", value: "" },
  ]);
  await press("Keep the saved headers");
  expect(values.at(-1)).toBeNull();
});

test("rows are added, filled and removed", async () => {
  const values = show([]);
  expect(screen.queryByRole("button", { name: "Keep the saved headers" })).toBeNull();
  await press("Add header");
  await press("Add header");
  await userEvent.type(screen.getByRole("textbox", { name: "Name of header 2" }), "X-Key");
  await userEvent.type(screen.getByRole("textbox", { name: "Value of header 2" }), "1");
  await press("Remove header 1");
  expect(values.at(-1)).toEqual([{ name: "X-Key", value: "1" }]);
  expect(document.activeElement).toBe(screen.getByRole("button", { name: "Add header" }));
});

test("an error is shown at its row, and belongs to both of its inputs", () => {
  show([{ name: "Host", value: "1" }], [], new Map([["headers.0", "is set by Posthorn"]]));
  for (const name of ["Name of header 1", "Value of header 1"]) {
    const input = screen.getByRole("textbox", { name });
    const description = document.getElementById(input.getAttribute("aria-describedby") ?? "");
    expect(description?.textContent).toBe("is set by Posthorn");
    expect(input.getAttribute("aria-invalid")).toBe("true");
  }
});
