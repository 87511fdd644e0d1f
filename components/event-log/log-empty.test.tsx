import { QueryClient } from "@tanstack/react-query";
import { render, screen } from "@testing-library/react";
import { expect, test } from "vitest";
import { asViewer, inWorkspace } from "@/components/testing/in-workspace";
import { testEventType } from "@/components/testing/test-event-type";
import { queryKeys } from "@/lib/api-client/query-keys";
import { LogEmpty } from "./log-empty";

function show(eventTypes: string[] | null, workspace = {}): string {
  const client = new QueryClient({ defaultOptions: { queries: { staleTime: Number.POSITIVE_INFINITY } } });
  client.setQueryData(queryKeys.eventTypes("acme"), [
    testEventType("invoice.paid"),
    testEventType("note.made", { example: '{"text":"it\'s"}' }),
  ]);
  render(<LogEmpty eventTypes={eventTypes} />, { wrapper: inWorkspace({ client, workspace }) });
  return document.querySelector("pre, code")?.textContent ?? "";
}

test("the command publishes an event that this log will show, with its type's example", () => {
  expect(show(null)).toContain('"type": "invoice.paid"');
});

test("the log of a webhook names a type that it gets; a quote in the data does not end the shell's", () => {
  const command = show(["note.made"]);
  expect(command).toContain('"type": "note.made"');
  expect(command).toContain("it'\\''s");
});

test("a person who may not publish gets no command", () => {
  expect(show(null, asViewer)).toBe("");
  expect(screen.getByRole("status").textContent).toBe("Waiting for the first event…");
});
