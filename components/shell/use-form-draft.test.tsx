import { act, renderHook, waitFor } from "@testing-library/react";
import { useForm } from "react-hook-form";
import { expect, test } from "vitest";
import { inWorkspace, testWorkspace } from "@/components/testing/in-workspace";
import { draftKey, readDraft } from "./drafts";
import { useEdited } from "./use-edited";
import { useFormDraft } from "./use-form-draft";

type Values = { name: string; limit: string; secret: string };
type Stored = { version: string; name: string; limit: string };

const valuesOf = ({ name, limit }: Stored): Values => ({ name, limit, secret: "" });
const first: Stored = { version: "1", name: "Billing", limit: "5" };
const key = draftKey(testWorkspace.userId, testWorkspace.slug, "test");

/** A form that edits what is stored, and keeps what is entered but for the secret. */
function open(stored: Stored = first, userId = testWorkspace.userId) {
  return renderHook(
    (current: Stored) => {
      const form = useForm<Values>({ defaultValues: valuesOf(current) });
      const { isDirty } = form.formState;
      const edited = useEdited(form, current, valuesOf);
      const withoutSecrets = (values: Values) => ({ ...values, secret: "" });
      return { form, isDirty, edited, draft: useFormDraft(form, "test", { withoutSecrets, edited }) };
    },
    { wrapper: inWorkspace({ workspace: { userId } }), initialProps: stored },
  );
}

type Opened = ReturnType<typeof open>["result"];
const enter = ({ current }: Opened, values: Partial<Values>) =>
  act(() => {
    for (const [field, value] of Object.entries(values)) {
      current.form.setValue(field as keyof Values, value, { shouldDirty: true });
    }
  });

test("what was entered is filled in again when the form is opened again", async () => {
  const { result, unmount } = open();
  expect(result.current.draft.restored).toBeNull();
  enter(result, { name: "Shop" });
  unmount();

  const again = open();
  await waitFor(() => expect(again.result.current.draft.restored?.values).toEqual({ name: "Shop" }));
  expect(again.result.current.form.getValues()).toEqual({ name: "Shop", limit: "5", secret: "" });
  expect(again.result.current.isDirty).toBe(true);
});

test("a secret is not kept, and it is said that there was one", async () => {
  const { result, unmount } = open();
  enter(result, { secret: "whsec_hidden" });
  unmount();
  expect(JSON.stringify({ ...window.sessionStorage })).not.toContain("hidden");

  const again = open();
  await waitFor(() => expect(again.result.current.draft.restored?.lacksSecrets).toBe(true));
  expect(again.result.current.form.getValues("secret")).toBe("");
});

test("a draft goes when everything is as it was again", () => {
  const { result } = open();
  enter(result, { name: "Shop" });
  expect(readDraft(key)?.values).toEqual({ name: "Shop" });
  enter(result, { name: "Billing" });
  expect(readDraft(key)).toBeNull();
});

test("nothing is kept after the form was saved or given up", () => {
  const { result, unmount } = open();
  enter(result, { name: "Shop" });
  act(() => result.current.draft.forget());
  enter(result, { name: "Shop 2" });
  unmount();
  expect(readDraft(key)).toBeNull();
});

test("discarding a draft puts the form back to what is stored", async () => {
  const { result, unmount } = open();
  enter(result, { name: "Shop" });
  unmount();

  const again = open();
  await waitFor(() => expect(again.result.current.draft.restored).not.toBeNull());
  act(() => again.result.current.draft.discard());
  expect(again.result.current.form.getValues("name")).toBe("Billing");
  expect(again.result.current.draft.restored).toBeNull();
  expect(readDraft(key)).toBeNull();
});

test("somebody else who signs in here does not get it, and it is gone afterwards", () => {
  const { result, unmount } = open();
  enter(result, { name: "Shop" });
  unmount();

  const other = open(first, "usr_2");
  expect(other.result.current.draft.restored).toBeNull();
  expect(other.result.current.form.getValues("name")).toBe("Billing");
  expect(readDraft(key)).toBeNull();
});

test("a draft of a field that somebody else saved meanwhile is saved against the version it was made of", async () => {
  const { result, unmount } = open();
  enter(result, { name: "Shop" });
  unmount();

  const again = open({ version: "2", name: "Ana's", limit: "6" });
  await waitFor(() => expect(again.result.current.draft.restored).not.toBeNull());
  expect(again.result.current.edited.stored.version).toBe("1");
  expect(again.result.current.edited.values).toMatchObject({ name: "Billing", limit: "6" });
  expect(again.result.current.form.getValues()).toMatchObject({ name: "Shop", limit: "6" });
});

test("a draft of other fields than were saved meanwhile goes on from what is stored now", async () => {
  const { result, unmount } = open();
  enter(result, { name: "Shop" });
  unmount();

  const again = open({ version: "2", name: "Billing", limit: "6" });
  await waitFor(() => expect(again.result.current.draft.restored).not.toBeNull());
  expect(again.result.current.edited.stored.version).toBe("2");
  expect(again.result.current.form.getValues()).toMatchObject({ name: "Shop", limit: "6" });
});
