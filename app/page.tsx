import { redirect } from "next/navigation";
import { EmptyState } from "@/components/ui/empty-state";
import { currentUser } from "@/lib/auth/current-user";
import { isSetUp } from "@/lib/auth/is-set-up";
import { listWorkspaces } from "@/lib/auth/require-membership";

export default async function HomePage() {
  if (!(await isSetUp())) redirect("/setup");
  const user = await currentUser();
  if (!user) redirect("/sign-in");
  const [first] = await listWorkspaces(user.id);
  if (first) redirect(`/${first.slug}`);
  return (
    <main className="mx-auto max-w-md px-4 py-24">
      <h1 className="sr-only">Posthorn</h1>
      <EmptyState
        title="You are not in a workspace yet"
        description={`Ask someone to add ${user.email} to theirs.`}
      />
    </main>
  );
}
