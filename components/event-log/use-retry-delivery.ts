"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useWorkspace } from "@/components/shell/use-workspace";
import type { DeliveryDetailOutput } from "@/lib/contract/deliveries";

/**
 * Sends a delivery again in place. If the request fails, `retry` returns why, and `failure` keeps it for the sheet.
 *
 * @param onResult called with the delivery after the attempt
 */
export function useRetryDelivery(onResult: (delivery: DeliveryDetailOutput) => void) {
  const { slug } = useWorkspace();
  const client = useQueryClient();
  const [failure, setFailure] = useState<{ id: string; message: string } | null>(null);

  async function retry(id: string): Promise<string | null> {
    setFailure(null);
    try {
      const { retryInPlace } = await import("./retry-in-place");
      const result = await retryInPlace(client, slug, id);
      if (result) onResult(result);
      return null;
    } catch (error) {
      const message = error instanceof Error ? error.message : "It could not be sent again.";
      setFailure({ id, message });
      return message;
    }
  }

  return { retry, failure };
}
