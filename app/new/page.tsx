import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { AuthCard } from "@/components/sign-in/auth-card";
import { CreateWorkspaceForm } from "@/components/sign-in/create-workspace-form";
import { currentUser } from "@/lib/auth/current-user";
import { contextOf } from "@/lib/instance/context";
import { listOwnWorkspaces } from "@/lib/instance/list-own-workspaces";

export const metadata: Metadata = { title: "Create workspace" };

export default async function NewWorkspacePage() {
  const user = await currentUser();
  if (!user) redirect("/sign-in?callbackUrl=%2Fnew");
  const { mayCreate } = await listOwnWorkspaces({ ctx: contextOf(user) });
  if (!mayCreate) {
    return (
      <AuthCard
        title="Create workspace"
        description="Only operators of this instance can create workspaces. Ask one of them to create or share one."
      >
        <a href="/" className="text-link hover:underline">
          Back to your workspaces
        </a>
      </AuthCard>
    );
  }
  return (
    <AuthCard title="Create workspace" description="It has its own webhooks, events, API keys and members.">
      <CreateWorkspaceForm />
    </AuthCard>
  );
}
