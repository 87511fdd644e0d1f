import { fireEvent, render, screen } from "@testing-library/react";
import { useRef, useState } from "react";
import { expect, test } from "vitest";
import { rowButtonId } from "./log-rows";
import { useLogKeys } from "./use-log-keys";
import { useSelection } from "./use-selection";

const ids = ["3", "2", "1"];

function Log({ retried, opened = null }: { retried: string[]; opened?: string | null }) {
  const [openId, setOpenId] = useState<string | null>(opened);
  const search = useRef<HTMLInputElement>(null);
  const selection = useSelection(ids, "{}");
  useLogKeys({ ids, openId, onOpen: setOpenId, onRetry: (id) => retried.push(id), selection, search });
  return (
    <>
      <p data-testid="selected">{[...selection.ids].join()}</p>
      <input ref={search} aria-label="Search" />
      <output>{openId ?? "none"}</output>
      <ul>
        {ids.map((id) => (
          <li key={id}>
            <input type="checkbox" aria-label={`Select ${id}`} />
            <button id={rowButtonId(id)} type="button">
              {id}
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}

function show(opened: string | null = null) {
  const retried: string[] = [];
  render(<Log retried={retried} opened={opened} />);
  return retried;
}

/** Whether the key was taken. */
const press = (key: string, how = {}) =>
  !fireEvent.keyDown(document.activeElement ?? document.body, { key, ...how });
const focused = () => document.activeElement?.textContent;
const openId = () => screen.getByRole("status").textContent;

test("J and K go through the rows, and stop at the ends", () => {
  show();
  press("j");
  expect(focused()).toBe("3");
  press("j");
  press("J");
  expect(focused()).toBe("1");
  press("j");
  expect(focused()).toBe("1");
  press("k");
  expect(focused()).toBe("2");
  expect(openId()).toBe("none");
});

test("with an open sheet they change it, and Esc closes it", () => {
  show("2");
  press("k");
  expect(openId()).toBe("3");
  press("escape");
  expect(openId()).toBe("none");
  expect(press("escape")).toBe(false);
});

test("R retries what is open, else what is in focus, else nothing", () => {
  const retried = show();
  expect(press("r")).toBe(false);
  press("j");
  press("r");
  expect(retried).toEqual(["3"]);
});

test("X selects what is in focus, with shift all from the one before, and Esc ends the selection", () => {
  show();
  const selected = () => screen.getByTestId("selected").textContent;
  expect(press("x")).toBe(false);
  press("j");
  press("x");
  screen.getByRole("checkbox", { name: "Select 1" }).focus();
  press("X", { shiftKey: true });
  expect(selected()).toBe("3,2,1");
  press("x");
  expect(selected()).toBe("3,2");
  press("k");
  expect(focused()).toBe("2");
  press("escape");
  expect(selected()).toBe("");
  expect(press("escape")).toBe(false);
});

test("/ leads to the search, in which keys are text; shortcuts of the browser stay its own", () => {
  const retried = show("2");
  expect(press("r", { ctrlKey: true })).toBe(false);
  expect(press("/")).toBe(true);
  expect(document.activeElement).toBe(screen.getByRole("textbox", { name: "Search" }));
  expect(press("r")).toBe(false);
  expect(retried).toEqual([]);
});
