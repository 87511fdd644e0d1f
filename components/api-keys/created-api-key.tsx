"use client";

import { Button } from "@/components/ui/button";
import { CodeBlock } from "@/components/ui/code-block";
import {
  DialogBody,
  DialogDescription,
  DialogFooter,
  DialogHeader,
  DialogTitle,
} from "@/components/ui/dialog";
import type { CreatedApiKeyOutput } from "@/lib/contract/api-keys";

/** The new key, shown only once, with a first request to try if it may publish. */
export function CreatedApiKey({ created, onDone }: { created: CreatedApiKeyOutput; onDone: () => void }) {
  return (
    <>
      <DialogHeader>
        <DialogTitle>Copy your API key</DialogTitle>
        <DialogDescription>You can't see it again. Store it with your other secrets.</DialogDescription>
      </DialogHeader>
      <DialogBody>
        <CodeBlock code={created.key} label="API key" wrap />
        {created.scopes.includes("events:write") && (
          <div className="grid grid-cols-1 gap-1.5">
            <p>Publish an event with it:</p>
            <CodeBlock code={publishCommand(created.key)} label="curl command" />
          </div>
        )}
      </DialogBody>
      <DialogFooter>
        <Button onClick={onDone}>Done</Button>
      </DialogFooter>
    </>
  );
}

function publishCommand(key: string): string {
  return [
    `curl ${window.location.origin}/api/v1/events \\`,
    `  -H 'authorization: Bearer ${key}' \\`,
    "  -H 'content-type: application/json' \\",
    `  -d '{"type":"customer.created","data":{"id":"cus_123"}}'`,
  ].join("\n");
}
