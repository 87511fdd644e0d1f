import { LoaderCircle } from "lucide-react";
import { cn } from "./cn";

/** Spins while something is under way. With a `label` it is announced; without, the text beside it says it. */
export function Spinner({ className, label }: { className?: string; label?: string }) {
  return (
    <>
      <LoaderCircle
        aria-hidden="true"
        className={cn("size-4 animate-spin motion-reduce:animate-none", className)}
      />
      {label && (
        <span role="status" className="sr-only">
          {label}
        </span>
      )}
    </>
  );
}
