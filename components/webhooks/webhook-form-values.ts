import type { CreateEndpointInput, EndpointOutput, UpdateEndpointInput } from "@/lib/endpoints/schemas";

export type HeaderValue = { name: string; value: string };

/** What the form holds. `headers` is `null` while the stored ones, whose values never come back, are kept. */
export type WebhookFormValues = {
  url: string;
  name: string;
  description: string;
  eventTypes: string[] | null;
  headers: HeaderValue[] | null;
  secret: string;
};

export const formFields = ["url", "name", "description", "eventTypes", "headers", "secret"] as const;
export type WebhookFormField = (typeof formFields)[number];

/** What is wrong, and where: a field, or `headers.0` for a row of one. */
export type FormIssue = { path: string; message: string };

export function emptyFormValues(): WebhookFormValues {
  return { url: "", name: "", description: "", eventTypes: null, headers: [], secret: "" };
}

export function formValuesOf(endpoint: EndpointOutput): WebhookFormValues {
  return {
    url: endpoint.url,
    name: endpoint.name,
    description: endpoint.description ?? "",
    eventTypes: endpoint.eventTypes,
    headers: endpoint.headers.length > 0 ? null : [],
    secret: "",
  };
}

/** Host of a URL being typed, for the name; empty while it is none. */
export function hostOf(url: string): string {
  return URL.canParse(url.trim()) ? new URL(url.trim()).host : "";
}

const filled = (headers: HeaderValue[]) =>
  headers.filter((header) => header.name !== "" || header.value !== "");
const headerRecord = (headers: HeaderValue[]) =>
  Object.fromEntries(filled(headers).map((header) => [header.name.trim(), header.value]));

export function toCreateInput(values: WebhookFormValues): CreateEndpointInput {
  const name = values.name.trim() || hostOf(values.url);
  return {
    url: values.url,
    ...(name ? { name } : {}),
    ...(values.description.trim() ? { description: values.description } : {}),
    eventTypes: values.eventTypes,
    headers: headerRecord(values.headers ?? []),
    ...(values.secret.trim() ? { secret: values.secret.trim() } : {}),
  };
}

export function toUpdateInput(values: WebhookFormValues): UpdateEndpointInput {
  return {
    url: values.url,
    name: values.name.trim() || hostOf(values.url),
    description: values.description.trim() || null,
    eventTypes: values.eventTypes,
    ...(values.headers ? { headers: headerRecord(values.headers) } : {}),
  };
}

/** Path of the form's field that a path of the API's input belongs to: `headers.X-A` is `headers.0.name`. */
export function fieldOf(path: string, values: WebhookFormValues): string {
  const [root, ...rest] = path.split(".");
  if (root === "eventTypes") return "eventTypes";
  if (root !== "headers") return root ?? "";
  const name = rest.join(".");
  const index = (values.headers ?? []).findIndex((header) => header.name.trim() === name);
  return index < 0 ? "headers" : `headers.${index}`;
}
