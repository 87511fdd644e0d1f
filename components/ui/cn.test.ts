import { describe, expect, it } from "vitest";
import { cn } from "./cn";

describe("cn", () => {
  it.each([
    ["h-8 px-3 text-sm", "h-7 px-2 text-xs", "h-7 px-2 text-xs"],
    ["text-sm text-foreground text-left", "text-danger", "text-sm text-left text-danger"],
    ["flex flex-1 flex-col", "hidden", "flex-1 flex-col hidden"],
    ["sm:max-w-md max-w-full", "sm:max-w-lg", "max-w-full sm:max-w-lg"],
    ["size-8", "w-full", "size-8 w-full"],
    ["h-8 w-8", "size-6", "size-6"],
    ["px-2.5 py-1", "p-0", "p-0"],
    [
      "border border-input border-dashed",
      "border-danger border-b",
      "border border-dashed border-danger border-b",
    ],
    ["border-t border-b", "border-border", "border-t border-b border-border"],
    ["font-mono font-medium", "font-normal", "font-mono font-normal"],
    ["text-lg text-danger", "text-2xl text-muted-foreground", "text-2xl text-muted-foreground"],
    ["border-4 border-danger", "border-input", "border-4 border-input"],
    ["shadow-overlay", "shadow-none", "shadow-none"],
    ["underline", "no-underline", "no-underline"],
    ["bg-primary hover:bg-primary-hover", "bg-surface", "hover:bg-primary-hover bg-surface"],
    [
      "data-[state=open]:animate-pop-in",
      "data-[state=open]:animate-slide-in-left",
      "data-[state=open]:animate-slide-in-left",
    ],
  ])("lets the last class win: %s + %s", (base, override, merged) => {
    expect(cn(base, override)).toBe(merged);
  });

  it("keeps classes that it does not know", () => {
    expect(cn("tabular-nums", false, undefined, "group truncate")).toBe("tabular-nums group truncate");
  });
});
