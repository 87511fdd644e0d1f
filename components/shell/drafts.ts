const prefix = "posthorn.draft.";

/** Unsaved input of a form: the fields that differ from its initial values. */
export type Draft = {
  values: Record<string, unknown>;
  /** Whether it included something secret, which is not kept. */
  lacksSecrets: boolean;
  /**
   * The version that was edited, and its values of these fields, so that later changes by others are not overwritten
   * without asking.
   */
  began?: { version: string; values: Record<string, unknown> };
};

/** The place of a form's draft in this browser tab, by user and workspace. */
export function draftKey(userId: string, workspace: string, form: string): string {
  return `${prefix}${userId}.${workspace}.${form}`;
}

/** The draft kept in this browser tab; `null` if there is none. */
export function readDraft(key: string): Draft | null {
  try {
    return JSON.parse(window.sessionStorage.getItem(key) ?? "null");
  } catch {
    return null;
  }
}

/** Stores a draft, or with `null` removes it. Without storage for this site, there are no drafts. */
export function writeDraft(key: string, draft: Draft | null): void {
  try {
    if (draft) window.sessionStorage.setItem(key, JSON.stringify(draft));
    else window.sessionStorage.removeItem(key);
  } catch {
    // Nothing depends on it.
  }
}

/** Removes all drafts of this browser tab, except those of `userId`. */
export function forgetDrafts({ exceptOf }: { exceptOf?: string } = {}): void {
  try {
    for (const key of Object.keys(window.sessionStorage)) {
      const isKept = exceptOf !== undefined && key.startsWith(`${prefix}${exceptOf}.`);
      if (key.startsWith(prefix) && !isKept) window.sessionStorage.removeItem(key);
    }
  } catch {
    // If nothing can be read, nothing is stored.
  }
}
