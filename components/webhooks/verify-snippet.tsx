"use client";

import { CodeBlock } from "@/components/ui/code-block";
import { Tabs, TabsContent, TabsList, TabsTrigger } from "@/components/ui/tabs";
import { verifySnippets } from "./verify-snippets";

/** How a receiver checks the signature, in the reader's language. */
export function VerifySnippet({ url }: { url: string }) {
  const path = URL.canParse(url) ? new URL(url).pathname : "/webhooks";
  const snippets = Object.entries(verifySnippets(path));
  return (
    <Tabs defaultValue="node">
      <TabsList aria-label="Language">
        {snippets.map(([key, { label }]) => (
          <TabsTrigger key={key} value={key}>
            {label}
          </TabsTrigger>
        ))}
      </TabsList>
      {snippets.map(([key, { label, install, code }]) => (
        <TabsContent key={key} value={key} className="grid grid-cols-1 gap-2 pt-3">
          <CodeBlock code={install} label={`install command for ${label}`} />
          <CodeBlock code={code} label={`${label} receiver`} />
        </TabsContent>
      ))}
    </Tabs>
  );
}
