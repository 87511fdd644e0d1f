import { act, renderHook, waitFor } from "@testing-library/react";
import { useForm } from "react-hook-form";
import { expect, test } from "vitest";
import { useEdited } from "@/components/shell/use-edited";
import { inWorkspace, testRouter } from "@/components/testing/in-workspace";
import { type ApiAnswer, serveApi } from "@/components/testing/serve-api";
import { testEndpoint } from "@/components/testing/test-endpoint";
import type { EndpointOutput, UpdateEndpointInput } from "@/lib/contract/endpoints";
import { useSaveWebhook } from "./use-save-webhook";
import { formValuesOf, type WebhookFormValues } from "./webhook-form-values";

/** An API with one webhook, which takes a change only of the version that it has, and may refuse by `problem`. */
async function serveWebhook(problem: (input: unknown) => ApiAnswer | null = () => null) {
  const api = { stored: testEndpoint({ name: "Billing", rateLimit: 5 }) };
  const requests = await serveApi(({ method, body, ifMatch }) => {
    if (method === "GET") return { body: api.stored };
    const refused = problem(body);
    if (refused) return refused;
    if (method === "PATCH" && ifMatch !== `"${api.stored.version}"`)
      return { status: 412, body: { status: 412, code: "precondition_failed", detail: "It has changed." } };
    save(body as UpdateEndpointInput);
    return { body: api.stored };
  });
  const save = ({ name, description, rateLimit }: UpdateEndpointInput) => {
    const { stored } = api;
    api.stored = {
      ...stored,
      version: String(Number(stored.version) + 1),
      name: name ?? stored.name,
      description: description === undefined ? stored.description : description,
      rateLimit: rateLimit === undefined ? stored.rateLimit : rateLimit,
    };
  };
  const changes = () => requests.filter(({ method }) => method !== "GET").map(({ body }) => body);
  return { api, save, changes };
}

function open(endpoint: EndpointOutput | undefined) {
  const router = testRouter();
  const { result } = renderHook(
    () => {
      const form = useForm<WebhookFormValues>({ defaultValues: formValuesOf(endpoint) });
      const { errors } = form.formState;
      const edited = useEdited(form, endpoint, formValuesOf);
      return { form, errors, save: useSaveWebhook(form, edited, () => {}) };
    },
    { wrapper: inWorkspace({ router }) },
  );
  const enter = (values: Partial<WebhookFormValues>) => {
    for (const [field, value] of Object.entries(values)) {
      result.current.form.setValue(field as keyof WebhookFormValues, value as never, { shouldDirty: true });
    }
  };
  const submit = () =>
    act(() => result.current.form.handleSubmit((values) => result.current.save.submit(values))());
  return { result, router, enter, submit };
}

test("only what was changed is sent, and leads to the webhook's page", async () => {
  const { api, changes } = await serveWebhook();
  const { router, enter, submit } = open(api.stored);
  enter({ name: "Shop" });
  await submit();
  expect(changes()).toEqual([{ name: "Shop" }]);
  expect(router.pushed).toEqual(["/acme/developers/webhooks/ep_1"]);
});

test("a form that was not changed sends nothing, and leads there too", async () => {
  const { api, changes } = await serveWebhook();
  const { router, submit } = open(api.stored);
  await submit();
  expect(changes()).toEqual([]);
  expect(router.pushed).toEqual(["/acme/developers/webhooks/ep_1"]);
});

test("a new webhook leads to its page with the next steps", async () => {
  const { changes } = await serveWebhook();
  const { router, enter, submit } = open(undefined);
  enter({ url: "https://shop.example.com" });
  await submit();
  expect(changes()).toMatchObject([{ url: "https://shop.example.com", name: "shop.example.com" }]);
  expect(router.pushed).toEqual(["/acme/developers/webhooks/ep_1?added=true"]);
});

test("what somebody else saved meanwhile is shown, and overwritten only if yours was chosen", async () => {
  const { api, save, changes } = await serveWebhook();
  const { result, router, enter, submit } = open(api.stored);
  save({ name: "Ana's", rateLimit: 6 });
  enter({ name: "Ben's", description: "Ben's too" });
  await submit();
  expect(result.current.save.meanwhile).toEqual([
    { field: "name", label: "Name", theirs: "Ana's", yours: "Ben's" },
    { field: "rateLimit", label: "Rate limit", theirs: "6 events a second", yours: null },
  ]);
  expect(router.pushed).toEqual([]);

  await act(() => result.current.save.merge(new Set()));
  await waitFor(() => expect(router.pushed).toEqual(["/acme/developers/webhooks/ep_1"]));
  expect(changes().at(-1)).toEqual({ name: "Ben's", description: "Ben's too" });
  expect(api.stored).toMatchObject({ name: "Ben's", description: "Ben's too", rateLimit: 6 });
});

test("if theirs was chosen it stays, and the rest of yours is saved", async () => {
  const { api, save } = await serveWebhook();
  const { result, router, enter, submit } = open(api.stored);
  save({ name: "Ana's" });
  enter({ name: "Ben's", description: "Ben's too" });
  await submit();
  await act(() => result.current.save.merge(new Set(["name"])));
  await waitFor(() => expect(router.pushed).not.toEqual([]));
  expect(api.stored).toMatchObject({ name: "Ana's", description: "Ben's too" });
});

test("what somebody saves during the choice is shown too", async () => {
  const { api, save } = await serveWebhook();
  const { result, router, enter, submit } = open(api.stored);
  save({ rateLimit: 6 });
  enter({ name: "Ben's" });
  await submit();
  save({ rateLimit: 7 });
  await act(() => result.current.save.merge(new Set()));
  await waitFor(() => expect(result.current.save.meanwhile?.[0]?.theirs).toBe("7 events a second"));
  expect(router.pushed).toEqual([]);
  expect(api.stored.name).toBe("Billing");
});

test("the server's errors are shown at their fields; those of no field, below the form", async () => {
  const { api } = await serveWebhook((input) => {
    const { name } = input as UpdateEndpointInput;
    const errors = name === "taken" ? [{ path: "name", message: "is taken" }] : [];
    const detail = "The workspace is full.";
    return { status: 422, body: { status: 422, code: "validation_failed", detail, errors } };
  });
  const { result, enter, submit } = open(api.stored);
  enter({ name: "taken" });
  await submit();
  expect(result.current.errors.name?.message).toBe("is taken");
  expect(result.current.save.error).toBeUndefined();

  act(() => result.current.form.clearErrors());
  enter({ name: "other" });
  await submit();
  expect(result.current.save.error).toBe("The workspace is full.");
});
