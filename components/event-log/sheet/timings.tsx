import { formatDuration } from "@/components/ui/format-time";
import type { AttemptOutput } from "@/lib/contract/deliveries";
import { isReused, type Phase, phaseTimes } from "./phase-times";

/** A tint for each phase, in their order; their names are beside them. */
const tints: Record<Phase["name"], string> = {
  dnsMs: "bg-link/30",
  connectMs: "bg-link/45",
  tlsMs: "bg-link/60",
  waitMs: "bg-link",
  readMs: "bg-success",
};

/** The duration of an attempt by phase, as a bar and in figures, and the address that it was sent to. */
export function Timings({ attempt }: { attempt: AttemptOutput }) {
  const phases = phaseTimes(attempt);
  if (phases.length === 0) return null;
  return (
    <div className="grid grid-cols-1 gap-1.5">
      <div aria-hidden="true" className="flex h-1.5 gap-px overflow-hidden rounded-full">
        {phases.map(({ name, ms }) => (
          <span key={name} className={tints[name]} style={{ flexGrow: Math.max(ms, 0.5), minWidth: 2 }} />
        ))}
      </div>
      <dl className="flex flex-wrap gap-x-3 gap-y-0.5 text-xs">
        {phases.map(({ name, label, ms }) => (
          <div key={name} className="flex items-center gap-1.5">
            <dt className="flex items-center gap-1 text-muted-foreground">
              <span aria-hidden="true" className={`size-2 rounded-full ${tints[name]}`} />
              {label}
            </dt>
            <dd>{formatDuration(ms)}</dd>
          </div>
        ))}
      </dl>
      <p className="text-muted-foreground text-xs">
        {attempt.remoteAddress && (
          <>
            Sent to <span className="font-mono">{attempt.remoteAddress}</span>
            {isReused(attempt) ? ", " : "."}
          </>
        )}
        {isReused(attempt) &&
          `${attempt.remoteAddress ? "on" : "On"} a connection that was already open: no DNS, connect or TLS.`}
      </p>
    </div>
  );
}
