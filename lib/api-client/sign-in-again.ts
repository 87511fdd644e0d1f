/** Dispatched by the window just before it leaves for the sign-in page, so that no form asks whether to leave. */
export const signInAgainEvent = "posthorn:sign-in-again";

/** Opens the sign-in page, which leads back to this one. */
export function signInAgain(): void {
  const { pathname, search } = window.location;
  if (pathname === "/sign-in") return;
  window.dispatchEvent(new Event(signInAgainEvent));
  window.location.assign(`/sign-in?callbackUrl=${encodeURIComponent(pathname + search)}`);
}
