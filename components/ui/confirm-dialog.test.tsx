import { cleanup, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";
import { ConfirmDialog } from "./confirm-dialog";

afterEach(cleanup);

const texts = { title: "Delete Billing?", description: "It is lost.", confirm: "Delete" };

test("what has to be typed is typed in full before it can be confirmed", () => {
  const onConfirm = vi.fn();
  render(<ConfirmDialog {...texts} typed="Billing" onConfirm={onConfirm} onClose={() => {}} />);
  const input = screen.getByLabelText("Type Billing to confirm");
  const button = screen.getByRole<HTMLButtonElement>("button", { name: "Delete" });

  fireEvent.change(input, { target: { value: "Billin" } });
  fireEvent.submit(input);
  expect(button.disabled).toBe(true);
  expect(onConfirm).not.toHaveBeenCalled();

  fireEvent.change(input, { target: { value: "Billing" } });
  fireEvent.submit(input);
  expect(button.disabled).toBe(false);
  expect(onConfirm).toHaveBeenCalledOnce();
});

test("confirming submits no form around the dialog", () => {
  const onConfirm = vi.fn();
  const onSubmit = vi.fn();
  render(
    <form onSubmit={onSubmit}>
      <ConfirmDialog {...texts} onConfirm={onConfirm} onClose={() => {}} />
    </form>,
  );
  fireEvent.click(screen.getByRole("button", { name: "Delete" }));
  expect(onConfirm).toHaveBeenCalledOnce();
  expect(onSubmit).not.toHaveBeenCalled();
});

test("while it is done it is not asked for again, and a failure is shown", () => {
  const onConfirm = vi.fn();
  const onClose = vi.fn();
  render(<ConfirmDialog {...texts} pending error="Try again" onConfirm={onConfirm} onClose={onClose} />);
  fireEvent.click(screen.getByRole("button", { name: "Delete" }));
  expect(onConfirm).not.toHaveBeenCalled();
  expect(screen.getByText("Try again")).toBeDefined();
  fireEvent.click(screen.getByRole("button", { name: "Cancel" }));
  expect(onClose).toHaveBeenCalledOnce();
});
