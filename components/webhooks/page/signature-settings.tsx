"use client";

import { KeyRound } from "lucide-react";
import dynamic from "next/dynamic";
import { useState } from "react";
import { useCan } from "@/components/shell/use-workspace";
import { Button } from "@/components/ui/button";
import { AbsoluteTime } from "@/components/ui/time";
import { signatureTexts } from "@/components/webhooks/signature/signature-texts";
import { SignatureToken } from "@/components/webhooks/signature/signature-token";
import { VerifySnippet } from "@/components/webhooks/signature/verify-snippet";
import type { EndpointOutput } from "@/lib/contract/endpoints";

const RotateTokenDialog = dynamic(
  async () => (await import("@/components/webhooks/signature/rotate-token-dialog")).RotateTokenDialog,
  { ssr: false },
);

/**
 * The secrets that sign a webhook's requests, now and beside it for a time, and how a receiver verifies the
 * signatures.
 */
export function SignatureSettings({ endpoint }: { endpoint: EndpointOutput }) {
  const mayWrite = useCan("endpoints:write");
  const mayReveal = useCan("secrets:read");
  const [rotating, setRotating] = useState(false);
  const words = signatureTexts[endpoint.signature];
  return (
    <section className="grid grid-cols-1 gap-3">
      <div className="flex items-center justify-between gap-2">
        <h2 className="font-semibold text-base">{words.token}</h2>
        {mayWrite && mayReveal && words.secret && (
          <Button variant="outline" size="sm" onClick={() => setRotating(true)}>
            <KeyRound aria-hidden="true" />
            Rotate token
          </Button>
        )}
      </div>
      <p className="text-muted-foreground">{words.use}</p>
      <SignatureToken endpoint={endpoint} wide />
      {endpoint.expiringSignatures.length > 0 && (
        <ul className="grid gap-1 rounded-md border border-border bg-surface px-3 py-2">
          {endpoint.expiringSignatures.map(({ signature, expiresAt }) => (
            <li key={`${signature} ${expiresAt}`}>
              {signature === endpoint.signature
                ? "An older one"
                : `The ${signatureTexts[signature].name} signature used before`}{" "}
              also signs until <AbsoluteTime value={expiresAt} day />.
            </li>
          ))}
        </ul>
      )}
      <VerifySnippet endpoint={endpoint} />
      {rotating && <RotateTokenDialog endpoint={endpoint} open onOpenChange={() => setRotating(false)} />}
    </section>
  );
}
