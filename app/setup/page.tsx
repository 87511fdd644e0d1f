import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { SetupForm } from "@/components/setup/setup-form";
import { AuthCard } from "@/components/sign-in/auth-card";
import { isSetUp } from "@/lib/setup/is-set-up";

export const metadata: Metadata = { title: "Set up" };

/** On first start only: afterwards it leads home. */
export default async function SetupPage() {
  if (await isSetUp()) redirect("/");
  return (
    <AuthCard title="Set up Posthorn" description="Make the first account and the first workspace.">
      <SetupForm />
    </AuthCard>
  );
}
