import { QueryClient } from "@tanstack/react-query";
import { act, cleanup, fireEvent, render, screen } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { expect, test, vi } from "vitest";
import { inWorkspace } from "@/components/testing/in-workspace";
import { serveApi } from "@/components/testing/serve-api";
import type { HistogramOutput } from "@/lib/contract/histogram";
import { LogHistogram } from "./log-histogram";
import type { Time } from "./range-picker";

const nothing = { succeeded: 0, waiting: 0, retrying: 0, failed: 0, held: 0, discarded: 0 };
const start = Math.floor(Date.now() / 3_600_000) * 3_600_000 - 3_600_000;
const at = (minute: number) => new Date(start + minute * 60_000);
const histogram: HistogramOutput = {
  from: at(0).toISOString(),
  to: at(10).toISOString(),
  bucketSeconds: 60,
  data: Array.from({ length: 10 }, (_, minute) => ({
    from: at(minute).toISOString(),
    ...nothing,
    succeeded: minute === 4 ? 3 : 0,
    failed: minute === 4 ? 1 : 0,
  })),
  total: { ...nothing, succeeded: 3, failed: 1 },
  countedFrom: null,
  marks: [
    {
      id: "trn_1",
      endpointId: "ep_1",
      kind: "disabled",
      consecutiveFailures: 20,
      httpStatus: 500,
      error: null,
      reason: "after 20 failures",
      cause: { kind: "failures", actorName: null },
      createdAt: at(5).toISOString(),
    },
  ],
};

async function open(time: Partial<Time> = {}, first = histogram) {
  let shown = first;
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  const requests = await serveApi(({ path }) =>
    path === "/endpoints" ? { body: { data: [], nextCursor: null, limit: 10 } } : { body: shown },
  );
  /** Everything is a bar further to the left when it is read again. */
  const moveOn = async () => {
    const later = (text: string) => new Date(Date.parse(text) + 60_000).toISOString();
    shown = {
      ...histogram,
      from: later(histogram.from),
      to: later(histogram.to),
      data: histogram.data.map((bucket) => ({ ...bucket, from: later(bucket.from) })),
    };
    await act(() => client.refetchQueries());
  };
  const chosen: Time[] = [];
  render(
    <LogHistogram
      filter={{ endpointId: ["ep_1"] }}
      time={{ from: null, to: null, range: null, ...time }}
      onChange={(one) => chosen.push(one)}
      named={false}
    />,
    { wrapper: inWorkspace({ client }) },
  );
  const bars = await screen.findByRole("slider", { name: "Time" });
  // happy-dom lays nothing out.
  bars.getBoundingClientRect = () => ({ left: 100, width: 1_000 }) as DOMRect;
  bars.setPointerCapture = () => {};
  const pointer = (type: "pointerDown" | "pointerMove" | "pointerUp", clientX: number) =>
    fireEvent[type](bars, { clientX, button: 0, pointerId: 1 });
  return { requests, chosen, bars, pointer, moveOn };
}

test("what is dragged over is the range of the log, whole bars at both ends", async () => {
  const { chosen, pointer, requests } = await open();
  pointer("pointerDown", 650);
  pointer("pointerMove", 330);
  pointer("pointerUp", 330);
  expect(chosen).toEqual([{ from: at(2), to: at(6), range: null }]);
  const asked = requests.find(({ path }) => path === "/deliveries/histogram");
  expect(asked?.query.get("endpointId")).toBe("ep_1");
});

test("a click shows one bar's time, and a drag that is broken off nothing", async () => {
  const { chosen, pointer, bars } = await open();
  pointer("pointerDown", 450);
  fireEvent.pointerCancel(bars);
  pointer("pointerUp", 900);
  expect(chosen).toEqual([]);
  pointer("pointerDown", 450);
  pointer("pointerUp", 450);
  expect(chosen).toEqual([{ from: at(3), to: at(4), range: null }]);
});

test("a bar that is pointed at says its figures; else all is said", async () => {
  const { pointer } = await open();
  expect(screen.getByText(/^Last 24 hours$/).parentElement?.textContent).toContain(
    "4 events: 3 succeeded, 1 failed",
  );
  pointer("pointerMove", 510);
  expect(screen.queryByText("Last 24 hours")).toBeNull();
  pointer("pointerMove", 910);
  expect(screen.getByText(/No events/)).toBeDefined();
});

test("what was not counted is not said to be nothing", async () => {
  const uncounted = {
    ...histogram,
    total: nothing,
    data: histogram.data.map((one) => ({ ...one, ...nothing })),
  };
  const { pointer } = await open({}, { ...uncounted, countedFrom: at(5).toISOString() });
  expect(screen.getByText(/No events since .* · older ones are not counted/)).toBeDefined();
  pointer("pointerMove", 310);
  expect(screen.getByText(/Not counted before /)).toBeDefined();
  pointer("pointerMove", 910);
  expect(screen.getByText(/No events$/)).toBeDefined();
});

test("while bars are selected, their sum is said, and what happened to the webhook among them", async () => {
  const { pointer, bars } = await open();
  pointer("pointerDown", 650);
  pointer("pointerMove", 330);
  const said = "4 events: 3 succeeded, 1 failed · ";
  const readout = screen.getByText((_, element) => element?.tagName === "P" && element.id === "");
  expect(readout.textContent).toContain(said);
  expect(readout.textContent).toContain("Disabled, after 20 failures");
  expect(bars.getAttribute("aria-valuetext")).toContain("4 events: 3 succeeded, 1 failed. ");
  pointer("pointerMove", 610);
  expect(readout.textContent).toContain("No events · ");
});

test("Escape gives up a selection and nothing else", async () => {
  const { pointer, bars } = await open();
  pointer("pointerDown", 650);
  expect(fireEvent.keyDown(bars, { key: "Escape" })).toBe(false);
  expect(fireEvent.keyDown(bars, { key: "Escape" })).toBe(true);
});

test("by keyboard: arrows move, with Shift they select, Enter shows, Escape gives up", async () => {
  const { chosen, bars } = await open();
  bars.focus();
  await userEvent.keyboard("{Home}{ArrowRight}{ArrowRight}{ArrowRight}{ArrowRight}");
  expect(bars.getAttribute("aria-valuetext")).toContain("4 events: 3 succeeded, 1 failed");
  await userEvent.keyboard("{Shift>}{ArrowRight}{ArrowRight}{/Shift}{Escape}{Enter}");
  expect(chosen).toEqual([{ from: at(6), to: at(7), range: null }]);
  await userEvent.keyboard("{Home}{Shift>}{ArrowRight}{ArrowRight}{/Shift}{Enter}");
  expect(chosen[1]).toEqual({ from: at(0), to: at(3), range: null });
});

test("a preset is chosen, and taken away if it is pressed again", async () => {
  const { chosen } = await open({ range: "1h" });
  await userEvent.click(screen.getByRole("button", { name: "Last 7 days" }));
  await userEvent.click(screen.getByRole("button", { name: "Last hour", pressed: true }));
  expect(chosen.map(({ range }) => range)).toEqual(["7d", null]);
});

test("exact times are of the viewer's zone, and one that ends before it begins is refused", async () => {
  const { chosen } = await open({ from: new Date(2026, 10, 20, 14, 32, 7) });
  await userEvent.click(screen.getByRole("button", { name: "Exact times" }));
  const from = await screen.findByLabelText<HTMLInputElement>("From");
  expect(from.value).toBe("2026-11-20T14:32:07");
  const to = screen.getByLabelText<HTMLInputElement>("To");
  fireEvent.change(to, { target: { value: "2026-11-20T14:00:00" } });
  await userEvent.click(screen.getByRole("button", { name: "Show" }));
  expect(screen.getByRole("alert").textContent).toBe("must be after the start");
  fireEvent.change(to, { target: { value: "2026-11-20T15:00:00" } });
  await userEvent.click(screen.getByRole("button", { name: "Show" }));
  expect(chosen).toEqual([
    { from: new Date(2026, 10, 20, 14, 32, 7), to: new Date(2026, 10, 20, 15), range: null },
  ]);
});

test("exact times keep what was not changed, and refuse what cannot be meant", async () => {
  const from = new Date(2026, 10, 20, 14, 32, 7, 412);
  const { chosen } = await open({ from });
  await userEvent.click(screen.getByRole("button", { name: "Exact times" }));
  const input = await screen.findByLabelText<HTMLInputElement>("From");
  await userEvent.click(screen.getByRole("button", { name: "Show" }));
  expect(chosen).toEqual([{ from, to: null, range: null }]);
  await userEvent.click(screen.getByRole("button", { name: "Exact times" }));
  const again = await screen.findByLabelText<HTMLInputElement>("From");
  expect(again).not.toBe(input);
  for (const [value, refusal] of [
    ["2999-01-01T00:00:00", "must be in the past"],
    ["1969-01-01T00:00:00", "must be in 1970 or later"],
  ] as const) {
    fireEvent.change(again, { target: { value } });
    await userEvent.click(screen.getByRole("button", { name: "Show" }));
    expect(screen.getByRole("alert").textContent).toBe(refusal);
  }
  Object.defineProperty(again, "validity", { value: { badInput: true } });
  fireEvent.change(again, { target: { value: "" } });
  await userEvent.click(screen.getByRole("button", { name: "Show" }));
  expect(screen.getByRole("alert").textContent).toBe("must have a date and a time");
  expect(chosen).toHaveLength(1);
});

test("of a range that only ends, and of one that ends before it starts, the histogram says so", async () => {
  await open({ to: new Date(2026, 10, 20, 14) });
  expect(screen.getByText(/^24 hours until 14:00/)).toBeDefined();
  cleanup();
  await open({ from: new Date(2026, 10, 20, 15), to: new Date(2026, 10, 20, 14) });
  expect(screen.getByText("The time range ends before it starts.")).toBeDefined();
});

test("bars do not move on while some are being selected", async () => {
  const { chosen, pointer, bars, moveOn } = await open();
  pointer("pointerDown", 450);
  await moveOn();
  pointer("pointerUp", 450);
  expect(chosen).toEqual([{ from: at(3), to: at(4), range: null }]);
  pointer("pointerDown", 450);
  fireEvent.keyDown(bars, { key: "Escape" });
  pointer("pointerUp", 450);
  expect(chosen).toHaveLength(1);
  pointer("pointerDown", 450);
  pointer("pointerUp", 450);
  expect(chosen[1]).toEqual({ from: at(4), to: at(5), range: null });
});

test("changes of state are marked, and said", async () => {
  await open();
  const marks = screen.getByRole("list", { name: "State changes" });
  expect(marks.textContent).toContain("Disabled, after 20 failures");
});

test.each([
  [422, 0],
  [500, 1],
])(
  "filters that are refused (%i) are told by the log alone; the chart only tells what is its own",
  async (status, told) => {
    const requests = await serveApi(() => ({ status, body: { title: "No", status } }));
    const time = { from: null, to: null, range: null };
    render(<LogHistogram filter={{}} time={time} onChange={() => {}} named />, { wrapper: inWorkspace() });
    await vi.waitFor(() => expect(requests.map(({ path }) => path)).toContain("/deliveries/histogram"));
    await act(() => new Promise((resolve) => setTimeout(resolve, 200)));
    expect(screen.queryAllByText("The chart could not be loaded.")).toHaveLength(told);
  },
);
