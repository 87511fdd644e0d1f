import type { ExternalToast } from "sonner";

/** Whether a toast was ever requested: the page's `Toaster` listens, and says when it is ready. */
class ToasterWanted {
  #wanted = false;
  #isPresent = false;
  #listener: (() => void) | undefined;
  #waiting: (() => void)[] = [];

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listener = listener;
    return () => {
      this.#listener = undefined;
      this.#isPresent = false;
    };
  };

  readonly read = (): boolean => this.#wanted;

  /** Resolves when toasts can be shown. */
  want(): Promise<void> {
    this.#wanted = true;
    this.#listener?.();
    return new Promise((resolve) => {
      if (this.#isPresent) resolve();
      else this.#waiting.push(resolve);
    });
  }

  present(): void {
    this.#isPresent = true;
    for (const resolve of this.#waiting.splice(0)) resolve();
  }
}

export const toasterWanted = new ToasterWanted();

const show = (kind: "message" | "success" | "error") => async (title: string, options?: ExternalToast) => {
  const [sonner] = await Promise.all([import("sonner"), toasterWanted.want()]);
  sonner.toast[kind](title, options);
};

/**
 * For results of something that has left the screen; other results are shown in place. Sonner loads with the first
 * toast, so this is the only way to show one.
 */
export const toast = Object.assign(show("message"), { success: show("success"), error: show("error") });

/** Reports the failure of an action that has no place on the screen to show it. */
export function toastError(error: unknown): void {
  void toast.error(error instanceof Error ? error.message : "Something went wrong. Try again.");
}
