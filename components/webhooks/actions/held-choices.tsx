"use client";

import { PaceField } from "@/components/shell/pace-field";
import { useWorkspace } from "@/components/shell/use-workspace";
import { formatDate } from "@/components/ui/format-time";
import { RadioGroup } from "@/components/ui/radio-group";
import { useNow } from "@/components/ui/use-now";
import type { EndpointOutput } from "@/lib/contract/endpoints";
import { heldChoices } from "@/lib/core/replays";
import { Choice } from "./choice";
import { daysFrom } from "./held-messages";

export type HeldChoice = (typeof heldChoices)[number];

/** What can happen to the held events when their webhook is enabled. */
export function HeldChoices({
  endpoint,
  choice,
  onChoose,
  pace,
  onPace,
}: {
  endpoint: Pick<EndpointOutput, "held" | "disabledAt">;
  choice: HeldChoice;
  onChoose: (choice: HeldChoice) => void;
  pace: number | null;
  onPace: (pace: number | null) => void;
}) {
  const { retentionDays } = useWorkspace();
  const now = useNow() ?? new Date();
  const since = endpoint.disabledAt ? new Date(endpoint.disabledAt) : now;
  return (
    <RadioGroup
      aria-label="Held events"
      value={choice}
      onValueChange={(value) => {
        const chosen = heldChoices.find((one) => one === value);
        if (chosen) onChoose(chosen);
      }}
    >
      <Choice
        value="replay"
        label="Replay"
        extra={
          choice === "replay" && (
            <div className="pt-2">
              <PaceField className="max-w-64" count={endpoint.held} pace={pace} onChange={onPace} />
            </div>
          )
        }
      >
        They are sent oldest first, alongside new events.
      </Choice>
      <Choice value="discard" label="Discard">
        They are not sent. They stay in the event log.
      </Choice>
      <Choice value="keep" label="Decide later">
        They stay held, until {formatDate(daysFrom(since, retentionDays), now)} at the latest. You can decide
        later on the webhook's page.
      </Choice>
    </RadioGroup>
  );
}
