import { render, screen } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { expect, test, vi } from "vitest";
import { inWorkspace } from "@/components/testing/in-workspace";
import { serveApi } from "@/components/testing/serve-api";
import { AuditEntries } from "./audit-entries";
import type { ShownAudit } from "./use-audit-filter";
import { useAuditLog } from "./use-audit-log";

const filter = { id: null, action: null, q: null };

function Entries({ change }: { change: ShownAudit["change"] }) {
  return (
    <AuditEntries
      names={[]}
      shown={{ filter, isFiltered: false, change }}
      query={useAuditLog(filter, { enabled: true })}
      whenEmpty="Every change is listed here."
    />
  );
}

test("a search that is too long is refused at its field, and not looked for", async () => {
  await serveApi(() => ({ body: { data: [], nextCursor: null } }));
  const change = vi.fn();
  render(<Entries change={change} />, { wrapper: inWorkspace() });
  const box = screen.getByRole("searchbox");
  await userEvent.click(box);
  await userEvent.paste("x".repeat(256));
  await userEvent.keyboard("{Enter}");
  expect(screen.getByRole("alert").textContent).toContain("at most 255 characters");
  expect(change).not.toHaveBeenCalled();
  await userEvent.keyboard("{Backspace}{Enter}");
  expect(change).toHaveBeenCalledWith({ q: "x".repeat(255) });
  expect(screen.queryByRole("alert")).toBeNull();
});
