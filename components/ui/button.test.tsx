import { render, screen } from "@testing-library/react";
import { expect, test } from "vitest";
import { Button, buttonVariants } from "./button";

test("a link that looks like a button has the button's classes, among them no border that hides its own", () => {
  render(<Button variant="outline">Button</Button>);
  expect(buttonVariants({ variant: "outline" })).toBe(screen.getByRole("button").className);
  expect(buttonVariants({ variant: "outline" })).not.toContain("border-transparent");
});
