import { changedFields } from "@/components/ui/changed-fields";
import type { CreateEndpointInput, EndpointOutput, UpdateEndpointInput } from "@/lib/contract/endpoints";
import type { RetryPolicy, SignatureKind } from "@/lib/core/endpoints";

export type HeaderValue = { name: string; value: string };

/** The form's values. `headers` is `null` while the stored ones, whose values are never returned, are kept. */
export type WebhookFormValues = {
  url: string;
  name: string;
  description: string;
  eventTypes: string[] | null;
  signature: SignatureKind;
  headers: HeaderValue[] | null;
  retryPolicy: RetryPolicy | null;
  /** As typed; empty for no limit. */
  rateLimit: string;
  secret: string;
  /** Whether a secret that looks like hex was confirmed to be base64. */
  secretIsBase64: boolean;
};

export const formFields = [
  "url",
  "name",
  "description",
  "eventTypes",
  "signature",
  "headers",
  "retryPolicy",
  "rateLimit",
  "secret",
] as const;

/** The form for a webhook; without one, for a new one. */
export function formValuesOf(endpoint: EndpointOutput | undefined): WebhookFormValues {
  return {
    url: endpoint?.url ?? "",
    name: endpoint?.name ?? "",
    description: endpoint?.description ?? "",
    eventTypes: endpoint?.eventTypes ?? null,
    signature: endpoint?.signature ?? "hmac",
    headers: endpoint && endpoint.headers.length > 0 ? null : [],
    retryPolicy: endpoint?.retryPolicy ?? null,
    rateLimit: endpoint?.rateLimit ? String(endpoint.rateLimit) : "",
    secret: "",
    secretIsBase64: false,
  };
}

/** The part of the form that may be kept in the browser: no own secret, and only the names of headers. */
export function withoutSecrets(values: WebhookFormValues): WebhookFormValues {
  return {
    ...values,
    headers: values.headers?.map(({ name }) => ({ name, value: "" })) ?? null,
    secret: "",
    secretIsBase64: false,
  };
}

/** Host of a URL being typed, for the name; empty while it is not a URL. */
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
    ...delivering(values),
  };
}

/** Changes of a webhook since `before`: only these are sent, so that no save reverts another person's. */
export function toUpdateInput(values: WebhookFormValues, before: WebhookFormValues): UpdateEndpointInput {
  return changedFields(toUpdateFields(values), toUpdateFields(before));
}

/** Every field of a webhook in the API's form; of headers only those that were entered. */
export function toUpdateFields(values: WebhookFormValues): UpdateEndpointInput {
  return {
    url: values.url,
    name: values.name.trim() || hostOf(values.url),
    description: values.description.trim() || null,
    eventTypes: values.eventTypes,
    ...(values.headers ? { headers: headerRecord(values.headers) } : {}),
    ...delivering(values),
  };
}

/** How events are signed, retried and paced. Choosing the same kind of signature again changes nothing. */
function delivering({ signature, retryPolicy, rateLimit, secret, secretIsBase64 }: WebhookFormValues) {
  return {
    signature,
    retryPolicy,
    rateLimit: rateLimit.trim() === "" ? null : Number(rateLimit),
    ...(secret.trim() ? { secret: secret.trim() } : {}),
    ...(secret.trim() && secretIsBase64 ? { secretEncoding: "base64" as const } : {}),
  };
}

/** The path of the form's field for a path of the API's input: `headers.X-A` is `headers.0.name`. */
export function fieldOf(path: string, values: WebhookFormValues): string {
  const [root, ...rest] = path.split(".");
  if (root === "eventTypes" || root === "retryPolicy") return root;
  if (root === "secretEncoding") return "secret";
  if (root !== "headers") return root ?? "";
  const name = rest.join(".");
  const index = (values.headers ?? []).findIndex((header) => header.name.trim() === name);
  return index < 0 ? "headers" : `headers.${index}`;
}
