"use client";

import { useRouter } from "next/navigation";
import { useCallback, useEffect, useRef, useState } from "react";
import { signInAgainEvent } from "@/lib/api-client/sign-in-again";

type Leave = { kind: "link"; href: string } | { kind: "back"; key: string };

/** The part of the Navigation API that is used here; not every browser has it. */
type NavigateEvent = Event & {
  navigationType: string;
  destination: { key: string };
};
type Navigation = EventTarget & { traverseTo: (key: string) => unknown };

const navigationOf = (): Navigation | undefined =>
  "navigation" in window && window.navigation instanceof EventTarget && "traverseTo" in window.navigation
    ? (window.navigation as unknown as Navigation)
    : undefined;

/**
 * Keeps a form with unsaved changes from being left by accident: a link or Back is held until `leave` is called, and
 * closing the tab shows the browser's own question. When the session has ended nothing is asked, because the form's
 * draft is restored after signing in.
 *
 * @param forget called when the form is left: saved, or discarded
 */
export function useUnsavedGuard(dirty: boolean, forget: () => void) {
  const router = useRouter();
  const [asked, setAsked] = useState<Leave | null>(null);
  const allowed = useRef(false);

  useEffect(() => {
    if (!dirty) return;
    allowed.current = false;
    const onUnload = (event: BeforeUnloadEvent) => {
      if (!allowed.current) event.preventDefault();
    };
    const onClick = (event: MouseEvent) => {
      if (allowed.current || event.defaultPrevented || event.button !== 0) return;
      if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
      const link = event.target instanceof Element ? event.target.closest("a[href]") : null;
      if (!(link instanceof HTMLAnchorElement) || link.target === "_blank") return;
      if (link.origin !== window.location.origin || link.pathname === window.location.pathname) return;
      event.preventDefault();
      event.stopPropagation();
      setAsked({ kind: "link", href: link.pathname + link.search });
    };
    const onNavigate = (event: Event) => {
      const { navigationType, destination } = event as NavigateEvent;
      if (allowed.current || navigationType !== "traverse" || !event.cancelable) return;
      event.preventDefault();
      setAsked({ kind: "back", key: destination.key });
    };
    const onSignIn = () => {
      allowed.current = true;
    };
    const navigation = navigationOf();
    window.addEventListener("beforeunload", onUnload);
    window.addEventListener(signInAgainEvent, onSignIn);
    document.addEventListener("click", onClick, true);
    navigation?.addEventListener("navigate", onNavigate);
    return () => {
      window.removeEventListener("beforeunload", onUnload);
      window.removeEventListener(signInAgainEvent, onSignIn);
      document.removeEventListener("click", onClick, true);
      navigation?.removeEventListener("navigate", onNavigate);
    };
  }, [dirty]);

  /** Stops guarding: what follows is intended. */
  const release = useCallback(() => {
    allowed.current = true;
    forget();
  }, [forget]);

  const leave = useCallback(() => {
    release();
    if (asked?.kind === "link") router.push(asked.href);
    if (asked?.kind === "back") navigationOf()?.traverseTo(asked.key);
    setAsked(null);
  }, [asked, release, router]);

  return { asking: asked !== null, stay: () => setAsked(null), leave, release };
}
