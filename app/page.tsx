import { redirect } from "next/navigation";
import { buttonVariants } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { currentUser } from "@/lib/auth/current-user";
import { isSetUp } from "@/lib/auth/is-set-up";
import { listWorkspaces } from "@/lib/auth/require-membership";
import { contextOf } from "@/lib/instance/context";
import { listOwnWorkspaces } from "@/lib/instance/list-own-workspaces";

export default async function HomePage() {
  if (!(await isSetUp())) redirect("/setup");
  const user = await currentUser();
  if (!user) redirect("/sign-in");
  const [first] = await listWorkspaces(user.id);
  if (first) redirect(`/${first.slug}`);
  const { mayCreate, isOperator } = await listOwnWorkspaces({ ctx: contextOf(user) });
  return (
    <main className="mx-auto max-w-md px-4 py-24">
      <h1 className="sr-only">Posthorn</h1>
      <EmptyState
        title="You are not in a workspace yet"
        description={`Ask someone to invite ${user.email} to theirs.`}
        action={
          <>
            {mayCreate && (
              <a href="/new" className={buttonVariants()}>
                Create workspace
              </a>
            )}
            {isOperator && (
              <a href="/instance" className={buttonVariants({ variant: "outline" })}>
                Instance
              </a>
            )}
          </>
        }
      />
    </main>
  );
}
