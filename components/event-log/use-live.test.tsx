import { act, renderHook } from "@testing-library/react";
import { beforeEach, expect, test } from "vitest";
import { inWorkspace } from "@/components/testing/in-workspace";
import { useLive } from "./use-live";

beforeEach(() => window.localStorage.clear());

const liveOf = (userId: string) =>
  renderHook(() => useLive(), { wrapper: inWorkspace({ workspace: { userId } }) }).result;

test("it is on at first, and what a person chose is remembered, for that person alone", () => {
  const ana = liveOf("usr_ana");
  expect(ana.current[0]).toBe(true);
  act(() => ana.current[1](false));
  expect(ana.current[0]).toBe(false);
  expect(liveOf("usr_ana").current[0]).toBe(false);
  expect(liveOf("usr_ben").current[0]).toBe(true);
});

test("it is the same in all logs", () => {
  const [one, other] = [liveOf("usr_ana"), liveOf("usr_ana")];
  act(() => one.current[1](false));
  expect(other.current[0]).toBe(false);
  act(() => other.current[1](true));
  expect(one.current[0]).toBe(true);
});
