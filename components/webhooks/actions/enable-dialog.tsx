"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { countEvents } from "@/components/ui/count-events";
import {
  Dialog,
  DialogBody,
  DialogContent,
  DialogDescription,
  DialogFooter,
  DialogHeader,
  DialogTitle,
} from "@/components/ui/dialog";
import { FieldError } from "@/components/ui/field";
import { formatMoment } from "@/components/ui/format-time";
import { useNow } from "@/components/ui/use-now";
import { TestEventForm } from "@/components/webhooks/test-event/test-event-form";
import type { EndpointOutput } from "@/lib/contract/endpoints";
import { ExportFirst } from "./export-first";
import { type HeldChoice, HeldChoices } from "./held-choices";
import { countEventsWere } from "./held-messages";
import { enableWebhook, useWebhookAction } from "./webhook-actions";

type Step = "choose" | "test" | "discard";

/** Asks what happens to held events before a webhook is enabled; a test event can be sent first, in the same dialog. */
export function EnableDialog({ endpoint, onClose }: { endpoint: EndpointOutput; onClose: () => void }) {
  const { name, held, disabledAt } = endpoint;
  const enable = useWebhookAction(enableWebhook);
  const now = useNow() ?? new Date();
  const [step, setStep] = useState<Step>("choose");
  const [choice, setChoice] = useState<HeldChoice>("replay");
  const [pace, setPace] = useState<number | null>(null);
  /** The answer to a test event sent from here. */
  const [answered, setAnswered] = useState<number | null>(null);

  const enableNow = () => {
    const ratePerSecond = choice === "replay" && pace !== null ? { ratePerSecond: pace } : {};
    enable.mutate([endpoint, { held: choice, ...ratePerSecond }], { onSuccess: onClose });
  };

  return (
    <Dialog open onOpenChange={(open) => !open && onClose()}>
      <DialogContent className="sm:max-w-lg">
        {step === "choose" && (
          <>
            <DialogHeader>
              <DialogTitle>
                {answered === null ? `Enable ${name}?` : `It answered ${answered}. Enable webhook?`}
              </DialogTitle>
              <DialogDescription>
                {countEventsWere(held)} held
                {disabledAt && ` since ${formatMoment(new Date(disabledAt), now)}`}. New events are sent at
                once.
              </DialogDescription>
            </DialogHeader>
            <DialogBody>
              <HeldChoices
                endpoint={endpoint}
                choice={choice}
                onChoose={setChoice}
                pace={pace}
                onPace={setPace}
              />
              <FieldError>{enable.error?.message}</FieldError>
            </DialogBody>
            <DialogFooter>
              {answered === null && (
                <Button variant="outline" className="sm:mr-auto" onClick={() => setStep("test")}>
                  Send a test event first
                </Button>
              )}
              <Button variant="outline" onClick={onClose}>
                Cancel
              </Button>
              <Button
                pending={enable.isPending}
                onClick={() => (choice === "discard" ? setStep("discard") : enableNow())}
              >
                Enable webhook
              </Button>
            </DialogFooter>
          </>
        )}
        {step === "discard" && (
          <>
            <DialogHeader>
              <DialogTitle>Discard {countEvents(held)}?</DialogTitle>
              <DialogDescription>
                They are not sent to {name}. They stay in the event log as discarded, and can still be sent
                from there.
              </DialogDescription>
              <ExportFirst endpoint={endpoint} statuses={["held"]} />
              <FieldError>{enable.error?.message}</FieldError>
            </DialogHeader>
            <DialogFooter>
              <Button variant="outline" onClick={() => setStep("choose")}>
                Back
              </Button>
              <Button variant="destructive" pending={enable.isPending} onClick={enableNow}>
                Discard {countEvents(held)} and enable
              </Button>
            </DialogFooter>
          </>
        )}
        {step === "test" && (
          <>
            <DialogHeader>
              <DialogTitle>Send a test event first</DialogTitle>
              <DialogDescription>
                To <span className="text-foreground">{name}</span>, which stays disabled meanwhile.
              </DialogDescription>
            </DialogHeader>
            <TestEventForm
              endpoint={endpoint}
              onLeave={onClose}
              onBack={() => setStep("choose")}
              offer={{
                question: "Enable webhook?",
                label: "Enable webhook",
                accept: (httpStatus) => {
                  setAnswered(httpStatus);
                  setStep("choose");
                },
              }}
            />
          </>
        )}
      </DialogContent>
    </Dialog>
  );
}
