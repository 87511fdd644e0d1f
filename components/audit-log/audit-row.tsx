import { ChevronRight } from "lucide-react";
import type { ReactNode } from "react";
import { Fact, Facts } from "@/components/ui/facts";
import { RelativeTime } from "@/components/ui/time";
import type { AuditRowOutput } from "@/lib/contract/audit-log";
import { describeAction, describeActor, describeValue } from "./describe-row";

/** An entry of the audit log: a sentence and, once opened, where it came from and what changed. */
export function AuditRow({
  row,
  opened,
}: {
  row: AuditRowOutput;
  /** Whether it is opened from the start. */
  opened: boolean;
}) {
  const { actor, action, target, createdAt, changes, details, address, userAgent, requestId } = row;
  const changed = Object.entries(changes ?? {});
  const said = Object.entries(details);
  return (
    <li>
      <details className="group" open={opened || undefined}>
        <summary className="flex min-h-9 cursor-pointer list-none items-center gap-2 px-3 py-2 hover:bg-muted/50">
          <ChevronRight
            aria-hidden="true"
            className="size-4 shrink-0 text-muted-foreground transition-transform group-open:rotate-90 motion-reduce:transition-none"
          />
          <span className="min-w-0 flex-1 break-words">
            <span className="font-medium">{describeActor(actor)}</span> {describeAction(action)}
            {target.name && <span className="font-medium"> {target.name}</span>}
          </span>
          <span className="shrink-0 text-muted-foreground text-xs">
            <RelativeTime value={createdAt} />
          </span>
        </summary>
        <div className="border-border border-t bg-surface px-3 py-3 sm:pl-9">
          <Facts>
            {changed.map(([field, { before, after }]) => (
              <Fact key={field} name={field}>
                <Value>{describeValue(before)}</Value>
                <span aria-hidden="true"> → </span>
                <span className="sr-only"> became </span>
                <Value>{describeValue(after)}</Value>
              </Fact>
            ))}
            {said.map(([name, value]) => (
              <Fact key={name} name={name}>
                <Value>{describeValue(value)}</Value>
              </Fact>
            ))}
            <Fact name="Action">{action}</Fact>
            {target.id && (
              <Fact name="Id">
                <Value>{target.id}</Value>
              </Fact>
            )}
            <Fact name="From">
              {address ?? "not known"}
              {userAgent && <span className="text-muted-foreground"> · {userAgent}</span>}
            </Fact>
            {requestId && (
              <Fact name="Request">
                <Value>{requestId}</Value>
              </Fact>
            )}
          </Facts>
        </div>
      </details>
    </li>
  );
}

function Value({ children }: { children: ReactNode }) {
  return <span className="break-all font-mono text-xs">{children}</span>;
}
