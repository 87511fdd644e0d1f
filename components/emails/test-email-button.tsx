"use client";

import { Button } from "@/components/ui/button";
import { FieldError } from "@/components/ui/field";
import { useSendTestEmail } from "./use-emails";

/** Sends an email to the signed-in user; its status is at the top of the list. */
export function TestEmailButton() {
  const send = useSendTestEmail();
  return (
    <>
      <FieldError>{send.error?.message}</FieldError>
      <span role="status" className="text-muted-foreground empty:-mr-2 max-sm:order-last">
        {send.isSuccess && (send.data.status === "kept" ? "It is saved below." : "It is on its way.")}
      </span>
      <Button variant="outline" pending={send.isPending} onClick={() => send.mutate()}>
        Send a test email to me
      </Button>
    </>
  );
}
