"use client";

import { useCallback, useEffect, useState } from "react";
import { draftKey, readDraft, writeDraft } from "@/components/shell/drafts";
import { useWorkspace } from "@/components/shell/use-workspace";

type TestDraft = { type: string; text: string };

/**
 * The edited data of a test event, kept in this browser tab until the dialog is closed, even if the session ends.
 *
 * @param types those that can be chosen now
 */
export function useTestDraft(
  endpointId: string,
  types: readonly string[],
): { kept: TestDraft | null; keep: (draft: TestDraft | null) => void } {
  const { userId, slug } = useWorkspace();
  const key = draftKey(userId, slug, `test.${endpointId}`);
  const [kept] = useState(() => {
    const { type, text } = readDraft(key)?.values ?? {};
    return typeof type === "string" && typeof text === "string" && types.includes(type)
      ? { type, text }
      : null;
  });
  const keep = useCallback(
    (values: TestDraft | null) => writeDraft(key, values && { values, lacksSecrets: false }),
    [key],
  );
  useEffect(() => () => writeDraft(key, null), [key]);
  return { kept, keep };
}
