"use client";

import { Check, Send, X } from "lucide-react";
import { type ReactNode, useState } from "react";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { IconButton } from "@/components/ui/icon-button";
import { signatureTexts } from "@/components/webhooks/signature/signature-texts";
import { SignatureToken } from "@/components/webhooks/signature/signature-token";
import { VerifySnippet } from "@/components/webhooks/signature/verify-snippet";
import type { EndpointOutput } from "@/lib/contract/endpoints";
import { useHasAnswered } from "./use-has-answered";

/** What to do after a webhook was added: store its token, check signatures, send a test. */
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
  const [tokenTaken, setTokenTaken] = useState(false);
  const [codeTaken, setCodeTaken] = useState(false);
  const answered = useHasAnswered(endpoint);
  return (
    <section
      aria-label="Next steps"
      className="relative mb-5 grid grid-cols-1 gap-4 rounded-lg border border-border-strong bg-surface p-4"
    >
      <h2 className="font-semibold text-base">{endpoint.name} is added. Three steps to its first event:</h2>
      <IconButton label="Close" className="absolute top-3 right-3" onClick={onDone}>
        <X aria-hidden="true" />
      </IconButton>
      <ol className="grid grid-cols-1 gap-4">
        <Step
          number={1}
          done={tokenTaken}
          title={`Give your receiver the ${signatureTexts[endpoint.signature].given}`}
        >
          <SignatureToken endpoint={endpoint} wide onTaken={() => setTokenTaken(true)} />
        </Step>
        <Step number={2} done={codeTaken} title="Check the signature of each request">
          {snippet ? (
            <VerifySnippet endpoint={endpoint} onCopied={() => setCodeTaken(true)} />
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
        <Step number={3} done={answered} title={answered ? "It answered with 2xx" : "Check that it answers"}>
          <Button
            variant={answered ? "outline" : "default"}
            size="sm"
            className="justify-self-start"
            onClick={onTest}
          >
            <Send aria-hidden="true" />
            {answered ? "Send another test event" : "Send a first test event"}
          </Button>
        </Step>
      </ol>
    </section>
  );
}

function Step({
  number,
  done,
  title,
  children,
}: {
  number: number;
  done: boolean;
  title: string;
  children: ReactNode;
}) {
  return (
    <li className="grid grid-cols-[20px_minmax(0,1fr)] gap-x-3">
      <span
        aria-hidden="true"
        className={cn(
          "flex size-5 items-center justify-center rounded-full border text-xs",
          done ? "border-success bg-success-soft text-success" : "border-border-strong text-muted-foreground",
        )}
      >
        {done ? <Check className="size-3.5" /> : number}
      </span>
      <div className="grid grid-cols-1 gap-2">
        <p role="status">
          {title}
          {done && <span className="sr-only">: done</span>}
        </p>
        {children}
      </div>
    </li>
  );
}
