import type { ComponentProps } from "react";
import { Input } from "./input";

/** A field for an email address, which no keyboard capitalizes or corrects. */
export function EmailInput(props: Omit<ComponentProps<"input">, "type" | "autoCapitalize" | "spellCheck">) {
  return <Input type="email" autoCapitalize="none" spellCheck={false} {...props} />;
}
