import { cn } from "@/components/ui/cn";
import type { FieldControlProps } from "@/components/ui/field";

/** A JSON editor with numbered lines, one of which may be marked as wrong. */
export function JsonEditor({
  value,
  errorLine,
  disabled,
  onChange,
  ...control
}: FieldControlProps & {
  value: string;
  /** From 1. */
  errorLine: number | null;
  disabled: boolean;
  onChange: (value: string) => void;
}) {
  const lines = value.split("\n");
  return (
    <div
      className={cn(
        "flex max-h-72 min-h-32 overflow-y-auto rounded-md border border-input bg-background font-mono text-xs focus-within:border-ring focus-within:outline-2 focus-within:outline-ring",
        errorLine !== null && "border-danger",
      )}
    >
      <div
        aria-hidden="true"
        className="h-max min-h-full select-none border-border border-r bg-surface py-2 text-right"
      >
        {lines.map((_, index) => (
          <div
            // biome-ignore lint/suspicious/noArrayIndexKey: a line is its number
            key={index}
            className={cn(
              "px-2 text-muted-foreground leading-5",
              errorLine === index + 1 && "bg-danger-soft font-medium text-danger",
            )}
          >
            {index + 1}
          </div>
        ))}
      </div>
      <textarea
        {...control}
        value={value}
        disabled={disabled}
        rows={Math.max(6, lines.length)}
        wrap="off"
        spellCheck={false}
        autoCapitalize="off"
        autoComplete="off"
        onChange={(event) => onChange(event.target.value)}
        className="h-max min-h-full flex-1 resize-none overflow-x-auto overflow-y-hidden bg-transparent px-3 py-2 leading-5 outline-none"
      />
    </div>
  );
}
