import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { AuthCard } from "@/components/sign-in/auth-card";
import { SetupForm } from "@/components/sign-in/setup-form";
import { isSetUp } from "@/lib/auth/is-set-up";
import { maySetUp } from "@/lib/setup/may-set-up";

export const metadata: Metadata = { title: "Set up" };

/** On first start only; afterwards it leads to the start page. */
export default async function SetupPage({
  searchParams,
}: {
  searchParams: Promise<{ token?: string | string[] }>;
}) {
  if (await isSetUp()) redirect("/");
  const [token] = [(await searchParams).token].flat();
  if (!maySetUp(token)) return <SetupLinkNeeded wasGiven={token !== undefined} />;
  return (
    <AuthCard title="Set up Posthorn" description="Create the first account and workspace.">
      <SetupForm token={token} />
    </AuthCard>
  );
}

function SetupLinkNeeded({ wasGiven }: { wasGiven: boolean }) {
  return (
    <AuthCard
      title="Set up Posthorn"
      description={
        wasGiven
          ? "This setup link belongs to another installation."
          : "Others can reach this page too, so it can only be opened with the setup link."
      }
    >
      <p className="text-sm">
        Open the link that Posthorn printed when it started. It looks like{" "}
        <code className="font-mono">/setup?token=…</code> and is at the end of the output of{" "}
        <code className="font-mono">npm run up</code>, or in the log of the service or container. To print it
        again, restart Posthorn.
      </p>
    </AuthCard>
  );
}
