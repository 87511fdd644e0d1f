import { cn } from "./cn";
import { CopyButton } from "./copy-button";

type CodeBlockProps = {
  code: string;
  /** What it is, for the copy button and a screen reader: "curl command". */
  label: string;
  wrap?: boolean;
  className?: string;
  /** Called once it is copied. */
  onCopied?: () => void;
};

/** Plain mono text in a box, with a copy button: a command, a secret, a header. */
export function CodeBlock({ code, label, wrap = false, className, onCopied }: CodeBlockProps) {
  return (
    <div
      data-slot="code-block"
      className={cn("relative rounded-md border border-border bg-surface", className)}
    >
      <section
        aria-label={label}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard
        tabIndex={0}
        className="overflow-x-auto rounded-md py-2 pr-11 pl-3 font-mono text-xs leading-5"
      >
        <pre className={wrap ? "whitespace-pre-wrap break-all" : "whitespace-pre"}>{code}</pre>
      </section>
      <CopyButton
        value={code}
        label={`Copy ${label}`}
        onCopied={onCopied}
        className="absolute top-1 right-1 bg-surface shadow-[-8px_0_8px_var(--surface)]"
      />
    </div>
  );
}
