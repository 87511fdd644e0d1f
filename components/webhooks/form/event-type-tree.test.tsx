import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import { Controlled } from "@/components/testing/controlled";
import { testEventType } from "@/components/testing/test-event-type";
import { EventTypeTree } from "./event-type-tree";

const catalogue = ["invoice.created", "invoice.paid", "order.paid"].map((name) => testEventType(name));

function show(initial: string[], types: typeof catalogue | undefined = catalogue) {
  const values: string[][] = [];
  render(
    <Controlled initial={initial} values={values}>
      {(chosen, onChange) => <EventTypeTree catalogue={types} chosen={chosen} onChange={onChange} />}
    </Controlled>,
  );
  return values;
}

const box = (name: string) => screen.getByRole<HTMLInputElement>("checkbox", { name });
const isMixed = (name: string) =>
  box(name).indeterminate || box(name).getAttribute("aria-checked") === "mixed";

test("a group shows how many of it are chosen, and is half chosen between none and all", async () => {
  const values = show([]);
  expect(screen.getByText("0 of 2")).toBeDefined();
  await userEvent.click(box("invoice.paid"));
  expect(values.at(-1)).toEqual(["invoice.paid"]);
  expect(screen.getByText("1 of 2")).toBeDefined();
  expect(isMixed("All of invoice")).toBe(true);
});

test("a group chooses all of its types, and takes all of them off", async () => {
  const values = show(["order.paid", "invoice.paid"]);
  await userEvent.click(box("All of invoice"));
  expect(values.at(-1)).toEqual(["invoice.created", "invoice.paid", "order.paid"]);
  await userEvent.click(box("All of invoice"));
  expect(values.at(-1)).toEqual(["order.paid"]);
});

test("with a search a group chooses what is found of it alone", async () => {
  const values = show([]);
  await userEvent.type(screen.getByRole("searchbox"), "created");
  await userEvent.click(box("All of invoice"));
  expect(values.at(-1)).toEqual(["invoice.created"]);
});

test("nothing found, an empty catalogue and one that loads are shown differently", async () => {
  show([]);
  await userEvent.type(screen.getByRole("searchbox"), "nothing");
  expect(screen.getByText("No event type matches “nothing”.")).toBeDefined();
});

test("an empty catalogue says how a type comes into it", () => {
  show([], []);
  expect(screen.getByText(/^The catalogue is empty/)).toBeDefined();
});
