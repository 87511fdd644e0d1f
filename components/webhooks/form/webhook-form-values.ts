import { changedFields } from "@/components/ui/changed-fields";
import type { CreateEndpointInput, EndpointOutput, UpdateEndpointInput } from "@/lib/contract/endpoints";
import type { RetryPolicy, SignatureKind } from "@/lib/core/endpoints";

export type HeaderValue = { name: string; value: string };

/** What the form holds. `headers` is `null` while the stored ones, whose values never come back, are kept. */
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
  /** Whether a secret that looks like hex was said to be base64. */
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

/** What may be kept of the form in the browser: no own secret, and of headers only their names. */
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

/** What was changed of a webhook since `before`: only that is sent, so that no save takes another person's back. */
export function toUpdateInput(values: WebhookFormValues, before: WebhookFormValues): UpdateEndpointInput {
  return changedFields(toUpdateFields(values), toUpdateFields(before));
}

/** Every field of a webhook as the API takes it; of headers only those that were entered. */
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

/** How events are signed, retried and paced. The same kind of signature once more changes nothing. */
function delivering({ signature, retryPolicy, rateLimit, secret, secretIsBase64 }: WebhookFormValues) {
  return {
    signature,
    retryPolicy,
    rateLimit: rateLimit.trim() === "" ? null : Number(rateLimit),
    ...(secret.trim() ? { secret: secret.trim() } : {}),
    ...(secret.trim() && secretIsBase64 ? { secretEncoding: "base64" as const } : {}),
  };
}

/** Path of the form's field that a path of the API's input belongs to: `headers.X-A` is `headers.0.name`. */
export function fieldOf(path: string, values: WebhookFormValues): string {
  const [root, ...rest] = path.split(".");
  if (root === "eventTypes" || root === "retryPolicy") return root;
  if (root === "secretEncoding") return "secret";
  if (root !== "headers") return root ?? "";
  const name = rest.join(".");
  const index = (values.headers ?? []).findIndex((header) => header.name.trim() === name);
  return index < 0 ? "headers" : `headers.${index}`;
}
