import { redirect } from "next/navigation";
import { JoinList } from "@/components/sign-in/join-list";
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
  const { joinable, mayCreate, isOperator } = await listOwnWorkspaces({ ctx: contextOf(user) });
  return (
    <main className="mx-auto max-w-md px-4 py-24">
      <h1 className="sr-only">Posthorn</h1>
      {joinable.length > 0 && (
        <section aria-labelledby="join" className="grid gap-3 pb-6">
          <h2 id="join" className="font-semibold text-base">
            {joinable.length === 1 ? `You can join ${joinable[0]?.name}` : "You can join these workspaces"}
          </h2>
          <JoinList workspaces={joinable} />
        </section>
      )}
      <EmptyState
        title="You are not in a workspace yet"
        description={
          joinable.length > 0
            ? `Join one above, or ask someone to invite ${user.email} to theirs.`
            : `Ask someone to invite ${user.email} to theirs.`
        }
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
