"use client";

import { KeyRound, Plus } from "lucide-react";
import dynamic from "next/dynamic";
import { useState } from "react";
import { PageHeader } from "@/components/shell/page-header";
import { useCan } from "@/components/shell/use-workspace";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { LoadMore } from "@/components/ui/load-more";
import { useReadError } from "@/components/ui/use-read-error";
import type { ApiKeyOutput } from "@/lib/contract/api-keys";
import { ApiKeyList } from "./api-key-list";
import { ApiKeyListSkeleton } from "./api-key-list-skeleton";
import { useApiKeys } from "./use-api-keys";

// Without `ssr: false` there is no boundary around them, and the whole page would hide while they load.
const CreateApiKeyDialog = dynamic(async () => (await import("./create-api-key-dialog")).CreateApiKeyDialog, {
  ssr: false,
});
const RotateApiKeyDialog = dynamic(async () => (await import("./rotate-api-key-dialog")).RotateApiKeyDialog, {
  ssr: false,
});
const RevokeApiKeyDialog = dynamic(async () => (await import("./revoke-api-key-dialog")).RevokeApiKeyDialog, {
  ssr: false,
});

/** Developers › API keys: the list in each of its states, and the dialogs that change it. */
export function ApiKeysPanel() {
  const mayWrite = useCan("apiKeys:write");
  const query = useApiKeys();
  const failure = useReadError(query);
  const [creating, setCreating] = useState(false);
  const [rotating, setRotating] = useState<ApiKeyOutput>();
  const [revoking, setRevoking] = useState<ApiKeyOutput>();
  const keys = query.data?.pages.flatMap((page) => page.data) ?? [];
  const create = (
    <Button onClick={() => setCreating(true)}>
      <Plus aria-hidden="true" />
      Create API key
    </Button>
  );

  return (
    <>
      <PageHeader
        title="API keys"
        description={
          mayWrite
            ? "With an API key, your servers publish events and call the API for this workspace."
            : "Only owners and developers of this workspace can create and revoke keys."
        }
        actions={mayWrite && keys.length > 0 && create}
      />
      {failure ? (
        <ErrorState
          title="The API keys could not be loaded"
          error={failure}
          onRetry={() => query.refetch()}
          retrying={query.isFetching}
        />
      ) : query.isPending ? (
        <ApiKeyListSkeleton />
      ) : keys.length === 0 ? (
        <EmptyState
          icon={KeyRound}
          title="No API keys yet"
          description={
            mayWrite
              ? "Create one to publish your first event through the API."
              : "Your servers need one to publish events through the API."
          }
          action={mayWrite && create}
        />
      ) : (
        <>
          <ApiKeyList
            keys={keys}
            acts={mayWrite ? { onRotate: setRotating, onRevoke: setRevoking } : undefined}
          />
          <LoadMore query={query} className="mx-auto mt-3 flex w-fit" />
        </>
      )}
      {creating && <CreateApiKeyDialog onClose={() => setCreating(false)} />}
      {rotating && <RotateApiKeyDialog apiKey={rotating} onClose={() => setRotating(undefined)} />}
      {revoking && <RevokeApiKeyDialog apiKey={revoking} onClose={() => setRevoking(undefined)} />}
    </>
  );
}
