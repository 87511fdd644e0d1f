import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import { Controlled } from "@/components/testing/controlled";
import type { RetryPolicy } from "@/lib/core/endpoints";
import { RetryPolicyField } from "./retry-policy-field";

/** Shows the field with a value that it changes; gives the values that it had, the newest last. */
function show(initial: RetryPolicy | null) {
  const values: (RetryPolicy | null)[] = [];
  render(
    <Controlled initial={initial} values={values}>
      {(value, onChange) => (
        <RetryPolicyField mayInherit value={value} error={undefined} onChange={onChange} />
      )}
    </Controlled>,
  );
  return values;
}

const choice = (name: string) => screen.getByRole("radio", { name });
const box = () => screen.queryByRole("spinbutton", { name: "Number of retries" });

test("each choice is a policy, and lists the waits before each retry", async () => {
  const values = show(null);
  const user = userEvent.setup();
  expect(choice("Workspace default")).toHaveProperty("checked", true);
  await user.click(choice("Until delivered"));
  expect(values.at(-1)).toEqual({ retries: null, retryOn: "any" });
  expect(screen.getByText(/^Retried after 12 s, .*until it is delivered\.$/)).toBeDefined();
  await user.click(choice("3 retries"));
  expect(values.at(-1)).toEqual({ retries: 3, retryOn: "any" });
  expect(screen.getByText(/then it has failed\.$/)).toBeDefined();
  await user.click(choice("Workspace default"));
  expect(values.at(-1)).toBeNull();
});

test("a number that is typed stays a custom one, also if it is the number of another choice", async () => {
  const values = show({ retries: 3, retryOn: "any" });
  const user = userEvent.setup();
  expect(box()).toBeNull();
  await user.click(choice("Custom"));
  await user.clear(box() as HTMLElement);
  expect(values.at(-1)?.retries).toBeNaN();
  expect(choice("Custom")).toHaveProperty("checked", true);
  await user.type(box() as HTMLElement, "3");
  expect(values.at(-1)).toEqual({ retries: 3, retryOn: "any" });
  expect(choice("Custom")).toHaveProperty("checked", true);
});

test("which failures are retried is asked unless there are no retries, and kept when their number changes", async () => {
  const values = show({ retries: 5, retryOn: "any" });
  const user = userEvent.setup();
  await user.click(choice("Only after a 5xx or no response; any other failure ends the delivery"));
  expect(values.at(-1)).toEqual({ retries: 5, retryOn: "5xx" });
  await user.clear(box() as HTMLElement);
  await user.type(box() as HTMLElement, "0");
  expect(values.at(-1)).toEqual({ retries: 0, retryOn: "5xx" });
  expect(screen.queryByRole("radio", { name: "Any failure" })).toBeNull();
  expect(screen.getByText("One attempt; a failed delivery is not retried.")).toBeDefined();
});

test("a workspace's own policy can't be left to the workspace", () => {
  const value = { retries: null, retryOn: "any" } as const;
  render(<RetryPolicyField mayInherit={false} value={value} error={undefined} onChange={() => {}} />);
  expect(screen.queryByRole("radio", { name: "Workspace default" })).toBeNull();
  expect(choice("Until delivered")).toHaveProperty("checked", true);
});
