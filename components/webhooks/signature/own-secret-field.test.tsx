import { render, screen } from "@testing-library/react";
import { expect, test } from "vitest";
import { OwnSecretField } from "./own-secret-field";

const hex = "whsec_9f86d081884c7d659a2feaa0c55ad015";

function show(
  text: string,
  { kind = "hmac", isBase64 = false }: { kind?: "hmac" | "ed25519"; isBase64?: boolean } = {},
) {
  const error = "must be confirmed";
  render(
    <OwnSecretField
      kind={kind}
      text={text}
      value={text}
      onChange={() => {}}
      error={error}
      isBase64={isBase64}
      onIsBase64Change={() => {}}
    />,
  );
}

test("a token that looks like hex is warned of, and must be confirmed to be base64", () => {
  show(` ${hex} `);
  expect(screen.getByRole("checkbox", { name: "It is base64" })).toBeDefined();
  expect(screen.getByText("confirm below that it is base64, or leave it empty")).toBeDefined();
});

test("once that is confirmed, the server's own error is shown", () => {
  show(hex, { isBase64: true });
  expect(screen.getByText("must be confirmed")).toBeDefined();
});

test("other tokens, and private keys, are taken without a question", () => {
  show("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
  expect(screen.queryByRole("checkbox")).toBeNull();
  show(hex, { kind: "ed25519" });
  expect(screen.queryByRole("checkbox")).toBeNull();
});
