"use client";

import type { UseQueryResult } from "@tanstack/react-query";
import { useState } from "react";

/**
 * Why a query has no data to show: kept while it is retried, so that the message does not flicker. `null` during the
 * first read, and once there is data.
 */
export function useReadError({
  data,
  error,
  errorUpdateCount,
}: Pick<UseQueryResult, "data" | "error" | "errorUpdateCount">): Error | null {
  const [last, setLast] = useState<Error | null>(null);
  if (error && error !== last) setLast(error);
  return data === undefined && errorUpdateCount > 0 ? (error ?? last) : null;
}
