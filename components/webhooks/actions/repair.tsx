"use client";

import dynamic from "next/dynamic";
import { type ReactNode, useState } from "react";
import { canUseTarget, redirectTarget } from "@/components/data/redirect-target";
import { useWebhook } from "@/components/data/use-webhooks";
import { useCan } from "@/components/shell/use-workspace";
import { Button } from "@/components/ui/button";
import type { DeliveryDetailOutput } from "@/lib/contract/deliveries";
import type { EndpointOutput } from "@/lib/contract/endpoints";
import { useWebhookSwitch } from "./use-webhook-switch";

const RedirectRepair = dynamic(async () => (await import("./redirect-repair")).RedirectRepair, {
  ssr: false,
});
const SignatureToken = dynamic(
  async () => (await import("@/components/webhooks/signature/signature-token")).SignatureToken,
  { ssr: false },
);
const VerifySnippet = dynamic(
  async () => (await import("@/components/webhooks/signature/verify-snippet")).VerifySnippet,
  { ssr: false },
);
const DeleteWebhookDialog = dynamic(
  async () => (await import("./delete-webhook-dialog")).DeleteWebhookDialog,
  { ssr: false },
);

/**
 * Repairs at the webhook for the cause of a delivery's last failure: a redirect's target can be used as its URL, a
 * 401 or 403 gets the token and a receiver that verifies it, and a 410 leads to deleting or enabling it. Nothing for
 * other causes.
 */
export function Repair({ delivery }: { delivery: DeliveryDetailOutput }) {
  const { data: endpoint } = useWebhook(delivery.endpoint.id);
  const mayWrite = useCan("endpoints:write");
  const [last] = delivery.attemptLog;
  if (!endpoint || !last) return null;
  const target = redirectTarget(last);
  if (target !== null && canUseTarget(last, endpoint)) {
    return (
      <Box>
        <RedirectRepair
          endpoint={endpoint}
          attempt={last}
          type={delivery.type}
          target={target}
          mayWrite={mayWrite}
        />
      </Box>
    );
  }
  if (last.httpStatus === 401 || last.httpStatus === 403) {
    return (
      <Box>
        <Unverified endpoint={endpoint} />
      </Box>
    );
  }
  if (last.httpStatus === 410 && mayWrite) {
    return (
      <Box>
        <Gone endpoint={endpoint} />
      </Box>
    );
  }
  return null;
}

function Box({ children }: { children: ReactNode }) {
  return (
    <section
      aria-label="Repair"
      className="mx-5 mb-4 grid grid-cols-1 gap-2 rounded-md border border-border bg-surface px-3 py-3"
    >
      {children}
    </section>
  );
}

function Unverified({ endpoint }: { endpoint: EndpointOutput }) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <p>
        The receiver may verify with another token, or in another way than requests are signed. It must use:
      </p>
      <SignatureToken endpoint={endpoint} wide />
      <div>
        <Button variant="outline" size="sm" aria-expanded={open} onClick={() => setOpen(!open)}>
          {open ? "Hide the code" : "Show code to verify it"}
        </Button>
      </div>
      {open && <VerifySnippet endpoint={endpoint} />}
    </>
  );
}

function Gone({ endpoint }: { endpoint: EndpointOutput }) {
  const { start, pending, dialog } = useWebhookSwitch(endpoint);
  const [deleting, setDeleting] = useState(false);
  return (
    <>
      <p>
        A 410 means that the receiver is gone for good
        {endpoint.status === "disabled" ? ", so the webhook was disabled." : "."} Delete it, or enable it if
        the receiver is back.
      </p>
      <div className="flex flex-wrap gap-2">
        <Button variant="outline" size="sm" onClick={() => setDeleting(true)}>
          Delete webhook
        </Button>
        {endpoint.status === "disabled" && (
          <Button size="sm" pending={pending} onClick={start}>
            Enable webhook
          </Button>
        )}
      </div>
      {dialog}
      {deleting && <DeleteWebhookDialog endpoint={endpoint} onClose={() => setDeleting(false)} />}
    </>
  );
}
