import type { FieldLabels } from "@/components/shell/changed-meanwhile";
import { retryPolicyLabel } from "@/components/shell/describe-retries";
import type { UpdateWorkspaceInput, WorkspaceOutput } from "@/lib/contract/workspaces";
import { retryPolicyDefault } from "@/lib/core/endpoints";

export const settingFields = [
  "name",
  "slug",
  "retryPolicy",
  "refuseUnknownTypes",
  "refuseInvalidData",
  "viewersSeePayloads",
] as const;

/** The settings that people can change, as form values. */
export function settingValuesOf(settings: WorkspaceOutput): UpdateWorkspaceInput {
  const { name, slug, retryPolicy, refuseUnknownTypes, refuseInvalidData, viewersSeePayloads } = settings;
  return { name, slug, retryPolicy, refuseUnknownTypes, refuseInvalidData, viewersSeePayloads };
}

export function settingLabels(values: UpdateWorkspaceInput): FieldLabels {
  const { name = "", slug = "", retryPolicy = retryPolicyDefault } = values;
  const { refuseUnknownTypes, refuseInvalidData, viewersSeePayloads } = values;
  return {
    name: { label: "Name", value: name },
    slug: { label: "URL", value: slug },
    retryPolicy: { label: "Retries", value: retryPolicyLabel(retryPolicy) },
    refuseUnknownTypes: { label: "Refuse unknown event types", value: refuseUnknownTypes ? "Yes" : "No" },
    refuseInvalidData: { label: "Refuse invalid data", value: refuseInvalidData ? "Yes" : "No" },
    viewersSeePayloads: { label: "Viewers see the data of events", value: viewersSeePayloads ? "Yes" : "No" },
  };
}
