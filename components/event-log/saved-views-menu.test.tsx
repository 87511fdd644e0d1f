import { render, screen } from "@testing-library/react";
import { SearchParamsContext } from "next/dist/shared/lib/hooks-client-context.shared-runtime";
import { expect, test } from "vitest";
import { inWorkspace } from "@/components/testing/in-workspace";
import { serveApi } from "@/components/testing/serve-api";
import { savedViewsMax } from "@/lib/core/saved-views";
import { SavedViewsMenu } from "./saved-views-menu";

test.each([
  [savedViewsMax - 1, true],
  [savedViewsMax, false],
])("with %i views, of at most 50, saving another is offered: %s", async (count, isOffered) => {
  const data = Array.from({ length: count }, (_, n) => ({
    id: `svw_${n}`,
    name: `View ${n}`,
    log: "deliveries",
    query: "status=failed",
    createdAt: "2026-11-20T12:00:00.000Z",
  }));
  await serveApi(() => ({ body: { data } }));
  render(
    <SearchParamsContext value={new URLSearchParams("status=failed")}>
      <SavedViewsMenu log="deliveries" />
    </SearchParamsContext>,
    { wrapper: inWorkspace() },
  );
  await screen.findByRole("menuitem", { name: "View 0" });
  expect(screen.queryAllByRole("menuitem", { name: "Save as a new view…" })).toHaveLength(isOffered ? 1 : 0);
  expect(screen.queryAllByText(/50 saved views, which is the limit/)).toHaveLength(isOffered ? 0 : 1);
});
