import { TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import type { LedgerAlarmOutput } from "@/lib/contract/ledger";

/** Shows the ledger's findings, what they mean and what to do; nothing if there are none. */
export function LedgerBanner({ alarms }: { alarms: LedgerAlarmOutput[] }) {
  const gaps = alarms.filter((alarm) => alarm.kind === "gap");
  const late = alarms.find((alarm) => alarm.kind === "late");
  return (
    <>
      {late && <LateBanner {...late} />}
      {gaps[0] && <GapBanner {...gaps[0]} others={gaps.length - 1} />}
    </>
  );
}

function LateBanner({ dueAt }: LedgerAlarmOutput) {
  return (
    <Banner title="Deliveries are late.">
      One has been due since {dueAt && `${timeOf(dueAt)} UTC`} and is not being sent. Nothing is lost. Check
      Posthorn's load and log.
    </Banner>
  );
}

function GapBanner({ from, to, expected, found, others }: LedgerAlarmOutput & { others: number }) {
  return (
    <Banner title="The ledger does not add up.">
      Accepted from {from && timeOf(from)} to {to?.slice(11, 16)} UTC:{" "}
      {expected && found && differences(expected, found).join("; ")}.
      {others > 0 && ` The same is true for ${others === 1 ? "another hour" : `${others} other hours`}.`} Rows
      were lost or changed outside Posthorn, for example by a restored backup or a manual statement. Compare
      them with your backups.
    </Banner>
  );
}

function Banner({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div
      role="status"
      className="flex items-start gap-2 border-border border-b bg-surface px-4 py-2 text-muted-foreground md:px-6"
    >
      <TriangleAlert aria-hidden="true" className="mt-0.5 size-4 shrink-0 text-warning" />
      <p className="min-w-0 max-w-4xl">
        <strong className="font-medium text-foreground">{title}</strong> {children}
      </p>
    </div>
  );
}

type Sums = NonNullable<LedgerAlarmOutput["expected"]>;

const sumNames = [
  { key: "accepted", words: "accepted" },
  { key: "pending", words: "pending or held" },
  { key: "succeeded", words: "succeeded" },
  { key: "failed", words: "failed" },
  { key: "discarded", words: "discarded" },
] as const;

function differences(expected: Sums, found: Sums): string[] {
  return sumNames
    .filter(({ key }) => expected[key] !== found[key])
    .map(
      ({ key, words }) =>
        `${words}: ${count(expected[key])} in the ledger, ${count(found[key])} in the tables`,
    );
}

function count(n: number): string {
  return n.toLocaleString("en");
}

const timeFormat = new Intl.DateTimeFormat("en-GB", {
  day: "numeric",
  month: "short",
  hour: "2-digit",
  minute: "2-digit",
  timeZone: "UTC",
});

/** `20 Nov, 14:00`, in UTC. */
function timeOf(time: string): string {
  return timeFormat.format(new Date(time));
}
