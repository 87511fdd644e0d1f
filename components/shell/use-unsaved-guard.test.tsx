import { act, fireEvent, render, screen } from "@testing-library/react";
import { expect, test } from "vitest";
import { inWorkspace, testRouter } from "@/components/testing/in-workspace";
import { signInAgainEvent } from "@/lib/api-client/sign-in-again";
import { useUnsavedGuard } from "./use-unsaved-guard";

function Guarded({ dirty, onForget }: { dirty: boolean; onForget: () => void }) {
  const { asking, stay, leave, release } = useUnsavedGuard(dirty, onForget);
  return (
    <>
      <a href="/acme/developers/events?tests=true">Event log</a>
      <a href="#top">Top</a>
      <a href="https://example.com/">Elsewhere</a>
      {asking && <p>Leave without saving?</p>}
      <button type="button" onClick={stay}>
        Stay
      </button>
      <button type="button" onClick={leave}>
        Leave
      </button>
      <button type="button" onClick={release}>
        Save
      </button>
    </>
  );
}

function show(dirty = true) {
  const router = testRouter();
  let forgotten = 0;
  render(<Guarded dirty={dirty} onForget={() => (forgotten += 1)} />, { wrapper: inWorkspace({ router }) });
  return { router, forgotten: () => forgotten };
}

/** Whether the click was held back. */
const follow = (name: string, how = {}) => !fireEvent.click(screen.getByRole("link", { name }), how);
const isAsking = () => screen.queryByText("Leave without saving?") !== null;
const press = (name: string) => fireEvent.click(screen.getByRole("button", { name }));
/** Whether the browser asks before the tab is closed. */
const asksOnClosing = () => !fireEvent(window, new Event("beforeunload", { cancelable: true }));

test("a link out of a changed form is held until it is said to leave, and the draft is given up then", () => {
  const { router, forgotten } = show();
  expect(follow("Event log")).toBe(true);
  expect(isAsking()).toBe(true);
  expect(router.pushed).toEqual([]);
  press("Leave");
  expect(router.pushed).toEqual(["/acme/developers/events?tests=true"]);
  expect(forgotten()).toBe(1);
  expect(isAsking()).toBe(false);
});

test("staying leads nowhere, and asks again at the next link", () => {
  const { router, forgotten } = show();
  follow("Event log");
  press("Stay");
  expect(isAsking()).toBe(false);
  expect(follow("Event log")).toBe(true);
  expect(isAsking()).toBe(true);
  expect(router.pushed).toEqual([]);
  expect(forgotten()).toBe(0);
});

test("links that leave the form where it is are not held", () => {
  show();
  // The document would follow them: what matters is that the guard does not ask.
  document.addEventListener("click", (event) => event.preventDefault(), { once: true });
  follow("Top");
  for (const how of [{ ctrlKey: true }, { metaKey: true }, { shiftKey: true }, { button: 1 }]) {
    document.addEventListener("click", (event) => event.preventDefault(), { once: true });
    follow("Event log", how);
  }
  document.addEventListener("click", (event) => event.preventDefault(), { once: true });
  follow("Elsewhere");
  expect(isAsking()).toBe(false);
});

test("closing the tab asks as long as there is something to lose", () => {
  show();
  expect(asksOnClosing()).toBe(true);
  press("Save");
  expect(asksOnClosing()).toBe(false);
});

test("nothing is asked of an unchanged form, nor when the session has ended, whose draft is kept", () => {
  const { forgotten } = show();
  act(() => void window.dispatchEvent(new Event(signInAgainEvent)));
  expect(asksOnClosing()).toBe(false);
  expect(forgotten()).toBe(0);
});

test("an unchanged form is left without a question", () => {
  show(false);
  document.addEventListener("click", (event) => event.preventDefault(), { once: true });
  follow("Event log");
  expect(isAsking()).toBe(false);
  expect(asksOnClosing()).toBe(false);
});
