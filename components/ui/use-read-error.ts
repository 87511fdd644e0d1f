"use client";

import type { UseQueryResult } from "@tanstack/react-query";
import { useState } from "react";

/**
 * Why a query has nothing to show: kept while it is tried again, so that what says it does not come and go with each
 * try. `null` while it is read the first time, and once something was read.
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
