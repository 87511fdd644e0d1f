import { type QueryClient, useMutation, useQueryClient } from "@tanstack/react-query";
import { followedJobs } from "@/components/data/followed-jobs";
import { useWorkspace } from "@/components/shell/use-workspace";
import { toast, toastError } from "@/components/ui/toast";
import { callApi } from "@/lib/api-client/call-api";
import { queryKeys } from "@/lib/api-client/query-keys";
import type {
  DecideHeldInput,
  DisableEndpointInput,
  EnableEndpointInput,
  EndpointOutput,
  EndpointsOutput,
} from "@/lib/contract/endpoints";

/** The workspace that an action applies to: its slug, and what the page has loaded of it. */
type Place = { client: QueryClient; workspace: string };

/** How long *Undo* is offered; it stays while it is hovered. */
const undoMs = 10_000;

/** Enables a webhook. The dock shows what happens to held events. Throws the API's refusal. */
export async function enableWebhook(
  place: Place,
  endpoint: EndpointOutput,
  input: EnableEndpointInput,
): Promise<void> {
  const { replayId } = await callApi("POST /endpoints/{id}/enable", callOn(place, endpoint, input));
  toast.success(`${endpoint.name} is enabled`);
  await readAgain(place, replayId);
}

/** Disables a webhook, and offers to undo that. Throws the API's refusal. */
export async function disableWebhook(
  place: Place,
  endpoint: EndpointOutput,
  input: DisableEndpointInput,
): Promise<void> {
  await callApi("POST /endpoints/{id}/disable", callOn(place, endpoint, input));
  const keeps = input.keepEvents !== false;
  const enableAgain = () => enableWebhook(place, endpoint, { held: "replay" }).catch(toastError);
  toast(`${endpoint.name} is disabled`, {
    description: keeps ? "Its events are held until it is enabled." : "Its events are not kept.",
    // Discarded events are not restored.
    duration: undoMs,
    action: { label: keeps ? "Undo" : "Enable again", onClick: () => void enableAgain() },
  });
  await readAgain(place);
}

/** Replays or discards a webhook's held events; the dock shows the progress. Throws the API's refusal. */
export async function decideAboutHeld(
  place: Place,
  endpoint: EndpointOutput,
  input: DecideHeldInput,
): Promise<void> {
  const { replayId } = await callApi("POST /endpoints/{id}/held", callOn(place, endpoint, input));
  await readAgain(place, replayId);
}

/** Deletes a webhook. Throws the API's refusal. */
export async function deleteWebhook({ client, workspace }: Place, endpoint: EndpointOutput): Promise<void> {
  await callApi("DELETE /endpoints/{id}", { workspace, params: { id: endpoint.id } });
  toast(`${endpoint.name} is deleted`);
  client.setQueryData<EndpointsOutput>(
    queryKeys.endpointList(workspace),
    (list) => list && { ...list, data: list.data.filter((one) => one.id !== endpoint.id) },
  );
  await Promise.all([
    client.invalidateQueries({ queryKey: queryKeys.endpointList(workspace) }),
    client.invalidateQueries({ queryKey: queryKeys.deliveries(workspace) }),
  ]);
}

/** One of the actions above as a mutation, for a dialog that shows whether it is under way or was refused. */
export function useWebhookAction<Args extends readonly unknown[]>(
  act: (place: Place, ...args: Args) => Promise<void>,
) {
  const { slug } = useWorkspace();
  const client = useQueryClient();
  return useMutation({ mutationFn: (args: Args) => act({ client, workspace: slug }, ...args) });
}

function callOn<Body>({ workspace }: Place, { id }: EndpointOutput, body: Body) {
  return { workspace, params: { id }, body };
}

/** Jobs first, so that held events are never shown as undecided while a job handles them. */
async function readAgain({ client, workspace }: Place, replayId: string | null = null): Promise<void> {
  if (replayId) followedJobs.follow(workspace, [replayId]);
  await client.invalidateQueries({ queryKey: queryKeys.replays(workspace) });
  void client.invalidateQueries({ queryKey: queryKeys.deliveries(workspace) });
  await client.invalidateQueries({ queryKey: queryKeys.endpoints(workspace) });
}
