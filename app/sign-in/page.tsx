import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { AuthCard } from "@/components/sign-in/auth-card";
import { SignInForm } from "@/components/sign-in/sign-in-form";
import { sameOriginPath } from "@/lib/api-client/same-origin-path";
import { currentUser } from "@/lib/auth/current-user";
import { isSetUp } from "@/lib/auth/is-set-up";
import { settings } from "@/lib/platform/env";

export const metadata: Metadata = { title: "Sign in" };

export default async function SignInPage({
  searchParams,
}: {
  searchParams: Promise<{ callbackUrl?: string | string[] }>;
}) {
  if (!(await isSetUp())) redirect("/setup");
  const { callbackUrl } = await searchParams;
  const path = sameOriginPath([callbackUrl].flat()[0], settings().appUrl);
  if (await currentUser()) redirect(path);
  return (
    <AuthCard title="Sign in">
      <SignInForm callbackPath={path} />
    </AuthCard>
  );
}
