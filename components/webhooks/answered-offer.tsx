import { CircleCheck } from "lucide-react";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";

/** The offer after a webhook has answered a test or a retry with a 2xx: the question, and its button. */
export type Offer = { question: string; label: string; accept: () => void; pending?: boolean };

/** The question after a webhook that is disabled or backs off has answered a test or a retry with a 2xx. */
export function AnsweredOffer({
  httpStatus,
  offer: { question, label, accept, pending = false },
  className,
}: {
  httpStatus: number;
  offer: Offer;
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
        It answered {httpStatus}. {question}
      </p>
      <Button size="sm" pending={pending} onClick={accept}>
        {label}
      </Button>
    </div>
  );
}
