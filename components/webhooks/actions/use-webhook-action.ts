"use client";

import { type QueryClient, useMutation, useQueryClient } from "@tanstack/react-query";
import { useWorkspace } from "@/components/shell/use-workspace";

/** One of webhook-actions.ts as a mutation, for a dialog that shows whether it is under way or was refused. */
export function useWebhookAction<Args extends readonly unknown[]>(
  act: (place: { client: QueryClient; workspace: string }, ...args: Args) => Promise<void>,
) {
  const { slug } = useWorkspace();
  const client = useQueryClient();
  return useMutation({ mutationFn: (args: Args) => act({ client, workspace: slug }, ...args) });
}
