import { SearchX } from "lucide-react";
import { headers } from "next/headers";
import Link from "next/link";
import { buttonVariants } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";

/** An unknown address in the workspace, shown beside the sidebar. */
export default async function NotFoundInWorkspace() {
  const [, workspace] = (await headers()).get("x-posthorn-path")?.split("/") ?? [];
  return (
    <div className="px-4 py-12 md:px-6">
      <h1 className="sr-only">Not found</h1>
      <EmptyState
        icon={SearchX}
        title="Page not found"
        description="The URL is wrong, or the page it named was deleted."
        action={
          <Link href={`/${workspace}/developers/webhooks`} className={buttonVariants()}>
            All webhooks
          </Link>
        }
      />
    </div>
  );
}
