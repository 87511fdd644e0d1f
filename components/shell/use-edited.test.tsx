import { act, renderHook } from "@testing-library/react";
import { useForm } from "react-hook-form";
import { expect, test } from "vitest";
import { useEdited } from "./use-edited";

type Values = { name: string };
type Stored = { version: string; name: string };

const valuesOf = (stored: Stored | undefined): Values => ({ name: stored?.name ?? "" });
const first: Stored = { version: "1", name: "Billing" };
const second: Stored = { version: "2", name: "Ana's" };

const open = (stored: Stored | undefined) =>
  renderHook(
    (current: Stored | undefined) => {
      const form = useForm<Values>({ defaultValues: valuesOf(current) });
      const { isDirty } = form.formState;
      return { form, isDirty, edited: useEdited(form, current, valuesOf) };
    },
    { initialProps: stored },
  );

const type = ({ current }: ReturnType<typeof open>["result"], name: string) =>
  act(() => current.form.setValue("name", name, { shouldDirty: true }));

test("a form into which nothing was entered follows what somebody else saves", () => {
  const { result, rerender } = open(first);
  rerender(second);
  expect(result.current.form.getValues("name")).toBe("Ana's");
  expect(result.current.edited.stored).toBe(second);
  expect(result.current.isDirty).toBe(false);
});

test("a form that was changed keeps what it began with, until it is reset", () => {
  const { result, rerender } = open(first);
  type(result, "Shop");
  rerender(second);
  expect(result.current.form.getValues("name")).toBe("Shop");
  expect(result.current.edited.stored).toBe(first);
  act(() => result.current.edited.restart());
  expect(result.current.form.getValues("name")).toBe("Ana's");
  expect(result.current.edited.stored).toBe(second);
});

test("the same version read again leaves the form alone", () => {
  const { result, rerender } = open(first);
  const { edited } = result.current;
  rerender({ ...first });
  expect(result.current.edited.stored).toBe(edited.stored);
});

test("a form for something new begins empty, and with what it has become once that is saved", () => {
  const { result } = open(undefined);
  expect(result.current.edited.stored).toBeUndefined();
  type(result, "Shop");
  act(() => void result.current.edited.begin({ version: "1", name: "Shop" }));
  expect(result.current.isDirty).toBe(false);
  expect(result.current.edited.values).toEqual({ name: "Shop" });
});
