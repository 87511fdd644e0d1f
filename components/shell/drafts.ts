const prefix = "posthorn.draft.";

/** What was entered into a form and not saved: the fields that differ from how it began. */
export type Draft = {
  values: Record<string, unknown>;
  /** Whether something secret was entered, too; it is not kept. */
  lacksSecrets: boolean;
  /** The version that was edited, and what these fields were in it: what others save later is not overwritten unasked. */
  began?: { version: string; values: Record<string, unknown> };
};

/** The place of a form's draft in this browser tab: a person's, in a workspace. */
export function draftKey(userId: string, workspace: string, form: string): string {
  return `${prefix}${userId}.${workspace}.${form}`;
}

/** The draft that is kept in this browser tab, `null` if there is none. */
export function readDraft(key: string): Draft | null {
  try {
    return JSON.parse(window.sessionStorage.getItem(key) ?? "null");
  } catch {
    return null;
  }
}

/** Keeps a draft, or with `null` removes it. Without storage for this site, there are no drafts. */
export function writeDraft(key: string, draft: Draft | null): void {
  try {
    if (draft) window.sessionStorage.setItem(key, JSON.stringify(draft));
    else window.sessionStorage.removeItem(key);
  } catch {
    // Nothing depends on it.
  }
}

/** Forgets every draft of this browser tab, but for those of `userId`. */
export function forgetDrafts({ exceptOf }: { exceptOf?: string } = {}): void {
  try {
    for (const key of Object.keys(window.sessionStorage)) {
      const isKept = exceptOf !== undefined && key.startsWith(`${prefix}${exceptOf}.`);
      if (key.startsWith(prefix) && !isKept) window.sessionStorage.removeItem(key);
    }
  } catch {
    // Nothing is kept if nothing can be read.
  }
}
