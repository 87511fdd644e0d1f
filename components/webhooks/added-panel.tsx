"use client";

import { Send, X } from "lucide-react";
import { type ReactNode, useState } from "react";
import { Button } from "@/components/ui/button";
import type { SignatureKind } from "@/lib/endpoints/constants";
import type { EndpointOutput } from "@/lib/endpoints/schemas";
import { SignatureToken } from "./signature-token";
import { VerifySnippet } from "./verify-snippet";

const given: Record<SignatureKind, string> = {
  hmac: "signature token",
  ed25519: "public key",
  jwt: "address of the public keys",
};

/** What to do once a webhook is added: keep its token, check signatures, send a test. */
export function AddedPanel({
  endpoint,
  onTest,
  onDone,
}: {
  endpoint: EndpointOutput;
  onTest: () => void;
  onDone: () => void;
}) {
  const [snippet, setSnippet] = useState(false);
  return (
    <section
      aria-label="Next steps"
      className="relative mb-5 grid grid-cols-1 gap-4 rounded-lg border border-border-strong bg-surface p-4"
    >
      <h2 className="font-semibold text-base">{endpoint.name} is added. Three steps to its first event:</h2>
      <Button
        variant="ghost"
        size="icon-sm"
        aria-label="Close"
        className="absolute top-3 right-3"
        onClick={onDone}
      >
        <X aria-hidden="true" />
      </Button>
      <ol className="grid grid-cols-1 gap-4">
        <Step number={1} title={`Give your receiver the ${given[endpoint.signature]}`}>
          <SignatureToken endpoint={endpoint} wide />
        </Step>
        <Step number={2} title="Check the signature of each request">
          {snippet ? (
            <VerifySnippet endpoint={endpoint} />
          ) : (
            <Button
              variant="outline"
              size="sm"
              className="justify-self-start"
              onClick={() => setSnippet(true)}
            >
              Show the code
            </Button>
          )}
        </Step>
        <Step number={3} title="See whether it answers">
          <Button size="sm" className="justify-self-start" onClick={onTest}>
            <Send aria-hidden="true" />
            Send a first test event
          </Button>
        </Step>
      </ol>
    </section>
  );
}

function Step({ number, title, children }: { number: number; title: string; children: ReactNode }) {
  return (
    <li className="grid grid-cols-[20px_minmax(0,1fr)] gap-x-3">
      <span
        aria-hidden="true"
        className="flex size-5 items-center justify-center rounded-full border border-border-strong text-muted-foreground text-xs"
      >
        {number}
      </span>
      <div className="grid grid-cols-1 gap-2">
        <p>{title}</p>
        {children}
      </div>
    </li>
  );
}
