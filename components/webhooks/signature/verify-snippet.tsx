"use client";

import { CodeBlock } from "@/components/ui/code-block";
import { Tabs, TabsContent, TabsList, TabsTrigger } from "@/components/ui/tabs";
import type { EndpointOutput } from "@/lib/contract/endpoints";
import type { SignatureKind } from "@/lib/core/endpoints";
import { ed25519Snippets } from "./ed25519-snippets";
import { hmacSnippets } from "./hmac-snippets";
import { jwtSnippets } from "./jwt-snippets";
import { signatureTexts } from "./signature-texts";
import type { Snippets } from "./snippet";

/** Separate from the texts, which are on pages without code. */
const snippetsOf: Record<SignatureKind, Snippets> = {
  hmac: hmacSnippets,
  jwt: jwtSnippets,
  ed25519: ed25519Snippets,
};

/** How a receiver checks the signature, in the reader's language. */
export function VerifySnippet({
  endpoint,
  onCopied,
}: {
  endpoint: EndpointOutput;
  /** Called once the code is copied. */
  onCopied?: () => void;
}) {
  const { startedWith } = signatureTexts[endpoint.signature];
  const snippets = Object.entries(snippetsOf[endpoint.signature](endpoint));
  return (
    <Tabs defaultValue="node">
      <TabsList aria-label="Language">
        {snippets.map(([key, { label }]) => (
          <TabsTrigger key={key} value={key}>
            {label}
          </TabsTrigger>
        ))}
      </TabsList>
      {snippets.map(([key, { label, file, install, run, code }]) => (
        <TabsContent key={key} value={key} className="grid grid-cols-1 gap-2 pt-3">
          <p className="text-muted-foreground">
            A receiver that needs {install ? "one library" : "no library"}. Save it as{" "}
            <span className="font-mono text-xs">{file}</span>:
          </p>
          <CodeBlock code={code} label={`${label} receiver`} onCopied={onCopied} />
          {install && <CodeBlock code={install} label={`command that installs the library for ${label}`} />}
          <p className="text-muted-foreground">
            Start it with the {startedWith}; it listens on port 3001 unless{" "}
            <span className="font-mono text-xs">PORT</span> says otherwise:
          </p>
          <CodeBlock code={run} label={`command that starts the ${label} receiver`} />
        </TabsContent>
      ))}
    </Tabs>
  );
}
