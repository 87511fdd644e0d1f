import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { AuthCard } from "@/components/sign-in/auth-card";
import { describeSignInFault } from "@/components/sign-in/sign-in-faults";
import { SignInForm } from "@/components/sign-in/sign-in-form";
import { sameOriginPath } from "@/lib/api-client/same-origin-path";
import { currentUser } from "@/lib/auth/current-user";
import { isSetUp } from "@/lib/auth/is-set-up";
import { configuredProviders } from "@/lib/auth/providers";
import { settings } from "@/lib/platform/env";

export const metadata: Metadata = { title: "Sign in" };

type Query = "callbackUrl" | "error" | "provider" | "email" | "step";

export default async function SignInPage({
  searchParams,
}: {
  searchParams: Promise<{ [Name in Query]?: string | string[] }>;
}) {
  if (!(await isSetUp())) redirect("/setup");
  const query = await searchParams;
  const first = (name: Query) => [query[name]].flat()[0];
  const path = sameOriginPath(first("callbackUrl"), settings().appUrl);
  if (await currentUser()) redirect(path);
  const providers = configuredProviders();
  const error = first("error");
  const provider = providers.find(({ id }) => id === first("provider"))?.name ?? "the provider";
  return (
    <AuthCard title="Sign in">
      <SignInForm
        callbackPath={path}
        providers={providers}
        sendsEmails={settings().smtp !== null}
        asksForCode={first("step") === "code"}
        failure={error && describeSignInFault(error, provider, first("email") ?? null)}
      />
    </AuthCard>
  );
}
