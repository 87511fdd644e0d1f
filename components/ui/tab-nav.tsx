"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";
import { cn } from "./cn";
import { tabClasses } from "./tab-classes";

export type TabNavItem = {
  label: string;
  href: string;
  /** Only this exact path is its page; otherwise also the paths below it. */
  exact?: boolean;
};

/** Tabs that are pages of their own, with their own addresses. */
export function TabNav({
  label,
  items,
  className,
}: {
  label: string;
  items: TabNavItem[];
  className?: string;
}) {
  const pathname = usePathname();
  return (
    <nav aria-label={label} className={cn("flex gap-4 overflow-x-auto border-border border-b", className)}>
      {items.map(({ label: text, href, exact }) => {
        const active = pathname === href || (!exact && pathname.startsWith(`${href}/`));
        return (
          <Link
            key={href}
            href={href}
            aria-current={active ? "page" : undefined}
            data-active={active || undefined}
            className={tabClasses}
          >
            {text}
          </Link>
        );
      })}
    </nav>
  );
}
