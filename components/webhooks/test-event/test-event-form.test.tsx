import { fireEvent, render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import { inWorkspace } from "@/components/testing/in-workspace";
import { serveApi } from "@/components/testing/serve-api";
import { testAttempt } from "@/components/testing/test-delivery";
import { testEventType } from "@/components/testing/test-event-type";
import type { AttemptOutput } from "@/lib/contract/deliveries";
import { TestEventForm } from "./test-event-form";

/** Shows the form; gives what was sent, and the statuses that were answered with yes. */
async function show({ attempt = {}, types = ["invoice.paid"], mayEnable = false }: Shown = {}) {
  const requests = await serveApi(({ method }) =>
    method === "GET"
      ? {
          body: { data: types.map((name) => testEventType(name, { example: '{"id":1}' })), nextCursor: null },
        }
      : { body: { deliveryId: "dlv_1", attempt: testAttempt(attempt) } },
  );
  const enabled: number[] = [];
  const accept = (httpStatus: number) => void enabled.push(httpStatus);
  const offer = mayEnable ? { question: "Enable webhook?", label: "Enable webhook", accept } : undefined;
  render(<TestEventForm endpoint={{ id: "ep_1", eventTypes: null }} onLeave={() => {}} offer={offer} />, {
    wrapper: inWorkspace(),
  });
  const sent = () => requests.filter(({ method }) => method === "POST").map(({ body }) => body);
  return { sent, enabled };
}
type Shown = { attempt?: Partial<AttemptOutput>; types?: string[]; mayEnable?: boolean };

const data = () => screen.findByRole<HTMLTextAreaElement>("textbox", { name: "Data" });
const enter = async (text: string) => fireEvent.change(await data(), { target: { value: text } });
const send = () => screen.findByRole<HTMLButtonElement>("button", { name: "Send test event" });

test("the example is sent by the server's own hand, changed data with the request", async () => {
  const { sent } = await show();
  await userEvent.click(await send());
  await expect.poll(sent).toEqual([{ type: "invoice.paid" }]);
  await enter('{"id":2}');
  await userEvent.click(await send());
  await expect.poll(sent).toEqual([{ type: "invoice.paid" }, { type: "invoice.paid", data: { id: 2 } }]);
});

test("data that is no JSON object can't be sent, and says in which line why", async () => {
  const { sent } = await show();
  await enter('{\n  "id": \n}');
  expect(screen.getByText("Line 3: Unexpected }")).toBeDefined();
  expect((await send()).disabled).toBe(true);
  fireEvent.submit((await send()).closest("form") as HTMLFormElement);
  await userEvent.click(screen.getByRole("button", { name: "Reset to the example" }));
  expect((await send()).disabled).toBe(false);
  expect(sent()).toEqual([]);
});

test("an answer belongs to what was sent: it goes with the first change", async () => {
  await show({ attempt: { httpStatus: 500 } });
  await userEvent.click(await send());
  expect(await screen.findByText(/500/)).toBeDefined();
  await enter('{"id":2}');
  expect(screen.queryByText(/500/)).toBeNull();
});

test("a 2xx asks whether to enable the webhook, if it is disabled; nothing else does", async () => {
  const { enabled } = await show({ attempt: { httpStatus: 204 }, mayEnable: true });
  await userEvent.click(await send());
  await userEvent.click(await screen.findByRole("button", { name: "Enable webhook" }));
  expect(enabled).toEqual([204]);
});

test("a failed test does not ask that", async () => {
  await show({ attempt: { httpStatus: 500 }, mayEnable: true });
  await userEvent.click(await send());
  await screen.findByText(/500/);
  expect(screen.queryByRole("button", { name: "Enable webhook" })).toBeNull();
});

test("without event types there is nothing to send", async () => {
  await show({ types: [] });
  expect(await screen.findByText(/^No event types yet\./)).toBeDefined();
  expect(screen.queryByRole("button", { name: "Send test event" })).toBeNull();
});
