import type { Transaction } from "@/db/connection/client";
import { findEndpointSecrets } from "@/db/queries/endpoint-secrets";
import { updateEndpoint as updateRow } from "@/db/queries/endpoints";
import { type EndpointOutput, updateEndpointInput } from "../contract/endpoints";
import { changesOf, maskedChanges } from "../core/audit-changes";
import { validationFailed } from "../core/errors";
import { type Input, parseInput } from "../core/parse-input";
import { expireOldAfterHoursDefault } from "../core/signatures";
import { encryptHeaders, readableHeaders } from "../delivery/custom-headers";
import type { Context } from "../verbs/context";
import { type ExpectedVersions, requireVersion } from "../verbs/version";
import { withAudit } from "../verbs/with-audit";
import { presentEndpoint, requireEndpoint } from "./get-endpoint";
import { endpointVersion } from "./present-endpoints";
import { replaceSecret } from "./replace-secret";
import { requireAllowedUrl } from "./require-allowed-url";

/**
 * Changes what is given; `headers` replaces all of them. The next attempt uses what is new. Of another kind of
 * signature, both kinds sign for a time.
 *
 * @throws AppError `precondition_failed` if it was changed since the expected version, `validation_failed` if another URL is given, and leads somewhere that webhooks may not
 */
export async function updateEndpoint({
  ctx,
  id,
  input,
  expected = null,
}: {
  ctx: Context;
  id: string;
  input: Input<typeof updateEndpointInput>;
  /** Versions of which it must have one. */
  expected?: ExpectedVersions;
}): Promise<EndpointOutput> {
  const changes = parseInput(updateEndpointInput, input);
  const row = await withAudit({ ctx, scope: "endpoints:write", action: "endpoint.update" }, async (tx) => {
    const endpoint = await requireEndpoint(ctx, tx, id, { forChange: true });
    requireVersion(expected, endpointVersion(endpoint), "webhook");
    const {
      headers,
      eventTypes,
      secret,
      secretEncoding: _,
      expireOldAfterHours = expireOldAfterHoursDefault,
      ...rest
    } = changes;
    // One that was right when it was set may stay while other fields change.
    if (rest.url !== undefined && rest.url !== endpoint.url) requireAllowedUrl(rest.url);
    const set = {
      ...rest,
      ...(eventTypes === undefined ? {} : { eventTypes: eventTypes && [...new Set(eventTypes)] }),
    };
    await updateRow(tx, {
      workspaceId: ctx.workspace.id,
      id: endpoint.id,
      set: { ...set, ...(headers === undefined ? {} : { headers: encryptHeaders(endpoint.id, headers) }) },
    });
    if (rest.signature !== undefined) {
      await changeKind(tx, {
        ctx,
        endpointId: endpoint.id,
        kind: rest.signature,
        secret,
        expireOldAfterHours,
      });
    }
    return {
      result: await requireEndpoint(ctx, tx, id),
      targetId: endpoint.id,
      targetName: set.name ?? endpoint.name,
      changes: {
        ...changesOf(endpoint, set),
        ...(headers ? maskedChanges("headers", readableHeaders(endpoint), headers) : {}),
      },
    };
  });
  return presentEndpoint(ctx, row);
}

async function changeKind(tx: Transaction, params: Parameters<typeof replaceSecret>[1]): Promise<void> {
  const { ctx, endpointId, kind, secret } = params;
  const [current] = await findEndpointSecrets(tx, { workspaceId: ctx.workspace.id, id: endpointId });
  if (current?.kind !== kind) return replaceSecret(tx, params);
  if (secret !== undefined) {
    throw validationFailed([
      { path: "secret", message: `is already ${kind}; to replace the secret, use POST …/secret/rotate` },
    ]);
  }
}
