import { CircleCheck } from "lucide-react";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";

/** The question after a disabled webhook has answered a test or a retry with a 2xx. */
export function AskToEnable({
  httpStatus,
  onEnable,
  pending = false,
  className,
}: {
  httpStatus: number;
  onEnable: () => void;
  pending?: boolean;
  className?: string;
}) {
  return (
    <div
      role="status"
      className={cn(
        "flex flex-wrap items-center gap-x-3 gap-y-2 rounded-md border border-border-strong bg-success-soft px-3 py-2",
        className,
      )}
    >
      <p className="flex min-w-0 flex-1 items-center gap-2 font-medium">
        <CircleCheck aria-hidden="true" className="size-4 shrink-0 text-success" />
        It answered {httpStatus}. Enable webhook?
      </p>
      <Button size="sm" pending={pending} onClick={onEnable}>
        Enable webhook
      </Button>
    </div>
  );
}
