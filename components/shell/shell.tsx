import type { ReactNode } from "react";
import { AccessWatch } from "./access-watch";
import { CommandPalette, type PaletteComponent } from "./command-palette";
import { ConnectionNotice } from "./connection-notice";
import { MobileHeader } from "./mobile-header";
import { ShortcutsHelp } from "./shortcuts-help";
import { Sidebar, type SidebarProps } from "./sidebar";

/**
 * The frame of every page of a workspace: a sidebar, or below 768 px a header with a drawer; `dock` over the page,
 * and `Palette` at ⌘K.
 */
export function Shell({
  children,
  dock,
  Palette,
  ...sidebar
}: SidebarProps & { children: ReactNode; dock: ReactNode; Palette: PaletteComponent }) {
  return (
    <ShortcutsHelp>
      <CommandPalette Palette={Palette}>
        <a
          href="#main"
          className="sr-only z-50 rounded-md bg-primary px-3 py-2 text-primary-foreground focus-visible:not-sr-only focus-visible:fixed focus-visible:top-2 focus-visible:left-2"
        >
          Skip to content
        </a>
        <div className="flex min-h-dvh max-md:flex-col">
          <aside
            aria-label="Sidebar"
            className="sticky top-0 flex h-dvh w-52 shrink-0 flex-col border-border border-r bg-surface max-md:hidden"
          >
            <Sidebar {...sidebar} />
          </aside>
          <MobileHeader {...sidebar} />
          <main id="main" tabIndex={-1} className="min-w-0 flex-1 pb-[var(--dock-height,0px)] outline-none">
            <AccessWatch>{children}</AccessWatch>
          </main>
        </div>
        {dock}
        <ConnectionNotice />
      </CommandPalette>
    </ShortcutsHelp>
  );
}
