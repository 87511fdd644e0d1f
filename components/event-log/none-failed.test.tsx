import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import { inWorkspace } from "@/components/testing/in-workspace";
import { serveApi } from "@/components/testing/serve-api";
import { NoneFailed } from "./none-failed";

const none = { count: 0, more: false };
const counts = (retrying: { count: number; more: boolean }) => ({
  body: { waiting: none, retrying, failed: none, held: none, succeeded: none, discarded: none },
});

test("an empty log of what failed says what is being retried, and shows it", async () => {
  const requests = await serveApi(({ path }) =>
    path === "/deliveries/counts"
      ? counts({ count: 3, more: false })
      : {
          body: {
            data: Array.from({ length: 3 }, (_, n) => ({ id: `dlv_${n}` })),
            nextCursor: null,
            lookedBackTo: null,
          },
        },
  );
  let shown = 0;
  render(
    <NoneFailed
      filter={{ status: ["failed"], type: ["a.b"] }}
      onShow={() => (shown += 1)}
      onClear={() => {}}
    />,
    { wrapper: inWorkspace() },
  );
  await screen.findByText("3 are being retried.");
  expect(requests[0]?.query.getAll("status")).toEqual(["retrying"]);
  expect(requests[0]?.query.getAll("type")).toEqual(["a.b"]);
  await userEvent.click(screen.getByRole("button", { name: "Show" }));
  expect(shown).toBe(1);
});

test.each([
  [{ count: 249, more: false }, "249 are being retried."],
  [{ count: 10_000, more: true }, "10,000+ are being retried."],
  // A count that ran out of time has found fewer than are listed.
  [{ count: 20, more: true }, "100+ are being retried."],
])("more than a page of them are counted: %j", async (retrying, text) => {
  await serveApi(({ path }) =>
    path === "/deliveries/counts"
      ? counts(retrying)
      : {
          body: {
            data: Array.from({ length: 100 }, (_, n) => ({ id: `dlv_${n}` })),
            nextCursor: "dlv_99",
            lookedBackTo: null,
          },
        },
  );
  render(<NoneFailed filter={{ status: ["failed"] }} onShow={() => {}} onClear={() => {}} />, {
    wrapper: inWorkspace(),
  });
  await screen.findByText(text);
});

test("what was not looked through to its end is not said to hold none", async () => {
  await serveApi(({ path }) =>
    path === "/deliveries/counts"
      ? counts({ count: 0, more: true })
      : { body: { data: [], nextCursor: "dlv_5", lookedBackTo: "2020-01-10T02:14:00.000Z" } },
  );
  let shown = 0;
  render(<NoneFailed filter={{ status: ["failed"] }} onShow={() => (shown += 1)} onClear={() => {}} />, {
    wrapper: inWorkspace(),
  });
  await screen.findByText(/^No events being retried were found back to/);
  expect(screen.queryByText(/either/)).toBeNull();
  await userEvent.click(screen.getByRole("button", { name: "Look further back" }));
  expect(shown).toBe(1);
});
