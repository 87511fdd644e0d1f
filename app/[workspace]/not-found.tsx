import { SearchX } from "lucide-react";
import { HomeLink } from "@/components/shell/home-link";
import { EmptyState } from "@/components/ui/empty-state";

/** An address of the workspace that no page has; beside the sidebar. */
export default function NotFoundInWorkspace() {
  return (
    <div className="px-4 py-12 md:px-6">
      <h1 className="sr-only">Not found</h1>
      <EmptyState
        icon={SearchX}
        title="Page not found"
        description="The URL is wrong, or the page it named was deleted."
        action={<HomeLink />}
      />
    </div>
  );
}
