import { render, screen } from "@testing-library/react";
import { expect, test } from "vitest";
import { testAttempt, testDelivery } from "@/components/testing/test-delivery";
import { ErrorSection } from "./error-section";

const target = "https://hooks.example.com/in";
const redirected = testAttempt({
  httpStatus: 302,
  errorDetail: `It redirects to ${target}, and redirects are not followed`,
  response: { headers: { location: target }, body: "", truncated: false },
});
const { endpoint } = testDelivery();
const textWith = (given: Partial<typeof endpoint> = {}) => {
  render(<ErrorSection attempt={redirected} endpoint={{ ...endpoint, ...given }} />);
  return screen.getByRole("region").textContent ?? "";
};

test("a redirect is told once, and its target left to the repair that names it", () => {
  const text = textWith();
  expect(text.match(/redirect/gi)).toHaveLength(1);
  expect(text).toContain("Redirects are not followed. Set the webhook's URL to the final address.");
  expect(text).not.toContain(target);
});

test.each([[{ url: "https://api.example.com/v2" }], [{ deleted: true }]])(
  "without a repair, for a webhook with %j, the target is named, once",
  (given) => {
    const text = textWith(given);
    expect(text.split(target)).toHaveLength(2);
    expect(text).not.toContain("Redirects are not followed");
  },
);
