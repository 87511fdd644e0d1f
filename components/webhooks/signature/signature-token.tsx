"use client";

import { Eye, EyeOff } from "lucide-react";
import { useState } from "react";
import { useCan, useWorkspace } from "@/components/shell/use-workspace";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { CopyButton } from "@/components/ui/copy-button";
import { Tooltip } from "@/components/ui/tooltip";
import { callApi } from "@/lib/api-client/call-api";
import type { EndpointOutput } from "@/lib/contract/endpoints";
import { signatureForms } from "@/lib/core/signatures";
import { signatureTexts } from "./signature-texts";

/**
 * What a receiver verifies signatures with: the HMAC signature token, masked; otherwise the public key. A secret is
 * only requested from the server on demand, kept only by this component, and dropped with it. Users who may not see
 * it read why.
 */
export function SignatureToken({
  endpoint,
  wide = false,
  onTaken,
}: {
  endpoint: EndpointOutput;
  /** It has the width of a page, not of a cell. */
  wide?: boolean;
  /** Called once it is revealed or copied. */
  onTaken?: () => void;
}) {
  const shown = endpoint.jwksUrl ?? endpoint.publicKey;
  if (shown === null) {
    return <SecretToken endpoint={endpoint} wide={wide} onTaken={onTaken} />;
  }
  const { given } = signatureTexts[endpoint.signature];
  return (
    <div className="flex min-w-0 items-center gap-0.5">
      <span className={cn("min-w-0 font-mono text-xs", wide ? "break-all" : "truncate")} title={shown}>
        {shown}
      </span>
      <CopyButton
        value={shown}
        label={`Copy the ${given} of ${endpoint.name}`}
        onCopied={onTaken}
        className="text-muted-foreground"
      />
    </div>
  );
}

function SecretToken({
  endpoint,
  wide,
  onTaken,
}: {
  endpoint: EndpointOutput;
  wide: boolean;
  onTaken: (() => void) | undefined;
}) {
  const { id: endpointId, name, signature } = endpoint;
  const { given } = signatureTexts[signature];
  const { slug } = useWorkspace();
  const mayReveal = useCan("secrets:read");
  const [secret, setSecret] = useState<string | null>(null);
  const [pending, setPending] = useState(false);
  const [error, setError] = useState<string | null>(null);

  async function fetchSecret(): Promise<string> {
    setPending(true);
    setError(null);
    try {
      const one = { workspace: slug, params: { id: endpointId } };
      return (await callApi("GET /endpoints/{id}/secret", one)).secret ?? "";
    } catch (cause) {
      setError(cause instanceof Error ? cause.message : "The token could not be loaded.");
      throw cause;
    } finally {
      setPending(false);
    }
  }

  async function toggle() {
    if (secret) return setSecret(null);
    try {
      setSecret(await fetchSecret());
      onTaken?.();
    } catch {
      // said by `error`
    }
  }

  if (!mayReveal) {
    return (
      <p className="text-muted-foreground">Only owners and developers of this workspace can see the token.</p>
    );
  }
  const action = secret ? "Hide" : "Reveal";
  const Icon = secret ? EyeOff : Eye;
  return (
    <div className="min-w-0">
      <div className="flex min-w-0 items-center gap-0.5">
        <span
          className={cn(
            "min-w-0 font-mono text-xs",
            secret ? "break-all" : "truncate",
            secret && !wide && "leading-4",
            !secret && "text-muted-foreground",
          )}
        >
          {secret ?? `${signatureForms[signature].secret?.prefix}${"•".repeat(wide ? 24 : 8)}`}
        </span>
        <Tooltip content={action}>
          <Button
            variant="ghost"
            size="icon-sm"
            className="text-muted-foreground"
            aria-label={`${action} the ${given} of ${name}`}
            pending={pending}
            onClick={(event) => {
              event.stopPropagation();
              void toggle();
            }}
          >
            {!pending && <Icon aria-hidden="true" />}
          </Button>
        </Tooltip>
        <CopyButton
          value={async () => secret ?? (await fetchSecret())}
          label={`Copy the ${given} of ${name}`}
          onCopied={onTaken}
          className="text-muted-foreground"
        />
      </div>
      {error && (
        <p role="alert" className="text-danger text-xs">
          {error}
        </p>
      )}
    </div>
  );
}
