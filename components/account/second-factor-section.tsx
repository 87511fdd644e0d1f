"use client";

import dynamic from "next/dynamic";
import { useState } from "react";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { FieldError } from "@/components/ui/field";
import { RelativeTime } from "@/components/ui/time";
import type { ConfirmInput, ProfileOutput, SecondFactorOffer } from "@/lib/contract/account";
import { ConfirmForm } from "./confirm-form";
import { Section } from "./section";
import { changeAccount, useAccountAct } from "./use-account";

const EnableDialog = dynamic(
  async () => (await import("./enable-second-factor-dialog")).EnableSecondFactorDialog,
  { ssr: false },
);
const CodesDialog = dynamic(async () => (await import("./recovery-codes")).RecoveryCodesDialog, {
  ssr: false,
});

/** With this many codes left or fewer, new ones are recommended. */
const fewCodes = 3;

/** Two-factor authentication: on, with its recovery codes, or off. */
export function SecondFactorSection({ profile }: { profile: ProfileOutput }) {
  const { enabledAt } = profile.secondFactor;
  const offer = useAccountAct(() => changeAccount<SecondFactorOffer>("/second-factor", "POST"));
  return (
    <Section
      title="Two-factor authentication"
      description={
        enabledAt === null
          ? "When it is on, signing in also asks for a code from an app on your phone."
          : "Signing in also asks for a code from your authenticator app."
      }
    >
      {enabledAt === null ? (
        <>
          <FieldError>{offer.error?.message}</FieldError>
          <div>
            <Button variant="outline" pending={offer.isPending} onClick={() => offer.mutate(undefined)}>
              Turn on
            </Button>
          </div>
        </>
      ) : (
        <TurnedOn enabledAt={enabledAt} profile={profile} />
      )}
      {/* Also once it is on: it then shows the recovery codes. */}
      {offer.data && <EnableDialog offer={offer.data} onClose={() => offer.reset()} />}
    </Section>
  );
}

function TurnedOn({ enabledAt, profile }: { enabledAt: string; profile: ProfileOutput }) {
  const { recoveryCodesLeft } = profile.secondFactor;
  const [doing, setDoing] = useState<"disable" | "replace" | null>(null);
  const [codes, setCodes] = useState<string[]>();
  const disable = useAccountAct(
    (body: ConfirmInput) => changeAccount("/second-factor/disable", "POST", body),
    () => "Two-factor authentication is off",
  );
  const replace = useAccountAct((body: ConfirmInput) =>
    changeAccount<{ recoveryCodes: string[] }>("/second-factor/recovery-codes", "POST", body),
  );
  return (
    <>
      <p className="flex flex-wrap items-center gap-2">
        <Badge>On</Badge>
        <span className="text-muted-foreground">
          Turned on <RelativeTime value={enabledAt} /> ·{" "}
          <span className={recoveryCodesLeft < fewCodes ? "text-warning" : undefined}>
            {recoveryCodesLeft} recovery {recoveryCodesLeft === 1 ? "code" : "codes"} left
          </span>
        </span>
      </p>
      {doing === null ? (
        <div className="flex flex-wrap gap-2">
          <Button variant="outline" onClick={() => setDoing("replace")}>
            New recovery codes
          </Button>
          <Button variant="outline" onClick={() => setDoing("disable")}>
            Turn off
          </Button>
        </div>
      ) : (
        <ConfirmForm
          hasPassword={profile.hasPassword}
          label={doing === "disable" ? "Turn off" : "Create new codes"}
          description={
            doing === "disable"
              ? "Your recovery codes stop working too."
              : "Your current codes stop working. The new ones are shown once."
          }
          onCancel={() => setDoing(null)}
          onConfirm={async (body) => {
            if (doing === "disable") await disable.mutateAsync(body);
            else setCodes((await replace.mutateAsync(body)).recoveryCodes);
            setDoing(null);
          }}
        />
      )}
      {codes && <CodesDialog codes={codes} onClose={() => setCodes(undefined)} />}
    </>
  );
}
