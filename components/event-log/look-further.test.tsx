import { QueryClient } from "@tanstack/react-query";
import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import { inWorkspace } from "@/components/testing/in-workspace";
import { serveApi } from "@/components/testing/serve-api";
import { testDelivery } from "@/components/testing/test-delivery";
import { LookFurther } from "./look-further";
import { useDeliveryLog } from "./use-delivery-log";

const filter = { type: ["rare"], attemptsMin: 7 };

function Log() {
  const { query, rows, lookedBackTo } = useDeliveryLog(filter, { live: false });
  return (
    <>
      <p>{rows ? `${rows.length} found` : "Reading"}</p>
      {lookedBackTo && <LookFurther query={query} lookedBackTo={lookedBackTo} />}
    </>
  );
}

/** A log of which each request looks through one hour; what it answers may wait for `wait`. */
async function open(hours: readonly string[][], wait: (at: number) => Promise<void> = async () => {}) {
  const asked: number[] = [];
  await serveApi(async ({ query }) => {
    const at = Number(query.get("cursor") ?? 0);
    asked.push(at);
    await wait(at);
    const isLast = at === hours.length - 1;
    return {
      body: {
        data: (hours[at] ?? []).map((id) => testDelivery({ id })),
        nextCursor: isLast ? null : String(at + 1),
        lookedBackTo: isLast ? null : `2026-11-20T${String(20 - at).padStart(2, "0")}:00:00.000Z`,
      },
    };
  });
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  render(<Log />, { wrapper: inWorkspace({ client }) });
  await screen.findByText("0 found");
  return asked;
}

test("it looks further until something is found, and then says how far back", async () => {
  const asked = await open([[], [], [], ["3"], []]);
  expect(screen.getByRole("status").textContent).toMatch(/^Looked back to /);
  await userEvent.click(screen.getByRole("button", { name: "Look further back" }));
  await screen.findByText("1 found");
  expect(asked).toEqual([0, 1, 2, 3]);
  expect(await screen.findByRole("button", { name: "Look further back" })).toBeDefined();
});

test("at the end of the log there is nothing to look further for", async () => {
  const asked = await open([[], [], []]);
  await userEvent.click(screen.getByRole("button", { name: "Look further back" }));
  await expect.poll(() => screen.queryByRole("status")).toBeNull();
  expect(asked).toEqual([0, 1, 2]);
});

test("it can be stopped, and gone on with from there", async () => {
  let release = () => {};
  const asked = await open(
    Array.from({ length: 9 }, () => []),
    (at) => (at === 2 ? new Promise((done) => (release = done)) : Promise.resolve()),
  );
  await userEvent.click(screen.getByRole("button", { name: "Look further back" }));
  await expect.poll(() => asked).toEqual([0, 1, 2]);
  await userEvent.click(screen.getByRole("button", { name: "Stop" }));
  release();
  await screen.findByRole("button", { name: "Look further back" });
  expect(asked).toEqual([0, 1, 2]);
});
