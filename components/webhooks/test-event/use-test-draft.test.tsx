import { act, renderHook } from "@testing-library/react";
import { expect, test } from "vitest";
import { draftKey, readDraft } from "@/components/shell/drafts";
import { inWorkspace, testWorkspace } from "@/components/testing/in-workspace";
import { useTestDraft } from "./use-test-draft";

const open = (types: string[]) => renderHook(() => useTestDraft("ep_1", types), { wrapper: inWorkspace() });
const key = draftKey(testWorkspace.userId, testWorkspace.slug, "test.ep_1");
const draft = { type: "invoice.paid", text: '{"id":2}' };

test("what was changed is there again if the page is left with the dialog open, as when the session ends", () => {
  const { result } = open(["invoice.paid"]);
  expect(result.current.kept).toBeNull();
  act(() => result.current.keep(draft));
  // The page is gone without the dialog being closed.
  const again = open(["invoice.paid"]);
  expect(again.result.current.kept).toEqual(draft);
});

test("closing the dialog gives it up, and so does changing it back", () => {
  const { result, unmount } = open(["invoice.paid"]);
  act(() => result.current.keep(draft));
  act(() => result.current.keep(null));
  expect(readDraft(key)).toBeNull();
  act(() => result.current.keep(draft));
  unmount();
  expect(readDraft(key)).toBeNull();
});

test("a draft of a type that can't be chosen any more is not taken up", () => {
  const { result } = open(["invoice.paid"]);
  act(() => result.current.keep(draft));
  expect(open(["order.paid"]).result.current.kept).toBeNull();
});
