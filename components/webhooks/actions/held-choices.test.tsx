import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import { Controlled } from "@/components/testing/controlled";
import { inWorkspace } from "@/components/testing/in-workspace";
import { type HeldChoice, HeldChoices } from "./held-choices";

function show(choice: HeldChoice, pace: number | null = null) {
  const chosen: HeldChoice[] = [];
  render(
    <Controlled initial={choice} values={chosen}>
      {(value, onChange) => (
        <HeldChoices
          endpoint={{ held: 6_000, disabledAt: new Date(2020, 0, 10, 12).toISOString() }}
          choice={value}
          onChoose={onChange}
          pace={pace}
          onPace={() => {}}
        />
      )}
    </Controlled>,
    { wrapper: inWorkspace({ workspace: { retentionDays: 30 } }) },
  );
  return chosen;
}

test("each choice says what comes of it; what is decided later is kept as long as the workspace keeps events", async () => {
  const chosen = show("replay");
  const group = screen.getByRole("radiogroup", { name: "Held events" });
  expect(group.textContent).toContain("They stay held, until 9 Feb 2020 at the latest.");
  for (const name of ["Discard", "Decide later", "Replay"]) {
    await userEvent.click(screen.getByRole("radio", { name }));
  }
  expect(chosen).toEqual(["discard", "keep", "replay"]);
});

test("a pace is asked for a replay alone, and says how long that takes", async () => {
  show("replay", 10);
  expect(screen.getByText("Takes about 10 minutes.")).toBeDefined();
  await userEvent.click(screen.getByRole("radio", { name: "Discard" }));
  expect(screen.queryByText(/^Takes/)).toBeNull();
});
