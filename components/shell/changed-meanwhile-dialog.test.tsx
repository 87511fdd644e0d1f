import { render, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import { ChangedMeanwhileDialog } from "./changed-meanwhile-dialog";

const fields = [
  { field: "name", label: "Name", theirs: "Ana's", yours: "Ben's" },
  { field: "rateLimit", label: "Rate limit", theirs: "6", yours: null },
  { field: "url", label: "URL", theirs: "https://a.example", yours: "https://b.example" },
];

async function show(shown = fields) {
  const saved: string[][] = [];
  render(
    <ChangedMeanwhileDialog
      what="webhook"
      fields={shown}
      onSave={(keptTheirs) => saved.push([...keptTheirs])}
      onClose={() => {}}
    />,
  );
  await screen.findByRole("dialog", { name: "The webhook has changed" });
  return saved;
}

const sideOf = (field: string, whose: string) =>
  within(screen.getByRole("region", { name: field })).queryByRole("radio", { name: whose });

test("if both changed a field yours holds, unless theirs is chosen", async () => {
  const saved = await show();
  expect(sideOf("Name", "Yours")).toHaveProperty("checked", true);
  await userEvent.click(sideOf("URL", "Theirs") as HTMLElement);
  await userEvent.click(screen.getByRole("button", { name: "Save" }));
  expect(saved).toEqual([["url"]]);
});

test("a choice can be taken back", async () => {
  const saved = await show();
  await userEvent.click(sideOf("Name", "Theirs") as HTMLElement);
  await userEvent.click(sideOf("Name", "Yours") as HTMLElement);
  await userEvent.click(screen.getByRole("button", { name: "Save" }));
  expect(saved).toEqual([[]]);
});

test("what only they changed is shown, and not asked", async () => {
  await show(fields.filter(({ yours }) => yours === null));
  expect(sideOf("Rate limit", "Theirs")).toBeNull();
  expect(screen.getByText(/Their values stay\./)).toBeDefined();
});
