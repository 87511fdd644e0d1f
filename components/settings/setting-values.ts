import type { FieldWords } from "@/components/shell/changed-meanwhile";
import { retryPolicyWords } from "@/components/shell/describe-retries";
import type { UpdateWorkspaceInput, WorkspaceOutput } from "@/lib/contract/workspaces";
import { retryPolicyDefault } from "@/lib/core/endpoints";

export const settingFields = ["name", "retryPolicy", "refuseUnknownTypes", "refuseInvalidData"] as const;

/** The settings that people change, as the form holds them. */
export function settingValuesOf(settings: WorkspaceOutput): UpdateWorkspaceInput {
  const { name, retryPolicy, refuseUnknownTypes, refuseInvalidData } = settings;
  return { name, retryPolicy, refuseUnknownTypes, refuseInvalidData };
}

export function settingWords(values: UpdateWorkspaceInput): FieldWords {
  const { name = "", retryPolicy = retryPolicyDefault, refuseUnknownTypes, refuseInvalidData } = values;
  return {
    name: { label: "Name", value: name },
    retryPolicy: { label: "Retries", value: retryPolicyWords(retryPolicy) },
    refuseUnknownTypes: { label: "Refuse unknown event types", value: refuseUnknownTypes ? "Yes" : "No" },
    refuseInvalidData: { label: "Refuse invalid data", value: refuseInvalidData ? "Yes" : "No" },
  };
}
