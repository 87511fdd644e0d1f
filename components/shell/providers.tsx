"use client";

import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { documentNonce } from "@/components/ui/document-nonce";
import { setTimeStyle } from "@/components/ui/format-time";
import { Toaster } from "@/components/ui/sonner";
import { AssumedWidth } from "@/components/ui/use-min-width";
import { AssumedClock } from "@/components/ui/use-shown-clock";
import { isTemporary, polled } from "@/lib/api-client/polled";

declare global {
  // Read by get-nonce, which Radix's dialogs use for the style element that locks scrolling.
  var __webpack_nonce__: string | undefined;
}
globalThis.__webpack_nonce__ ??= documentNonce();

/** How times are shown to the user. */
export type ViewingUser = Parameters<typeof setTimeStyle>[0];

/**
 * The providers of every page behind the sign-in: server state, times, toasts; `isPhone` is the server's guess at the
 * screen size.
 */
export function Providers({
  isPhone,
  user: { timeZone, clock },
  children,
}: {
  isPhone: boolean;
  user: ViewingUser;
  children: ReactNode;
}) {
  // On the server no times are shown, and its memory is shared by all users.
  if (typeof window !== "undefined") setTimeStyle({ timeZone, clock });
  const [client] = useState(makeQueryClient);
  return (
    <QueryClientProvider client={client}>
      <AssumedClock value={clock}>
        <AssumedWidth value={isPhone ? 390 : 1_440}>{children}</AssumedWidth>
      </AssumedClock>
      <Toaster />
    </QueryClientProvider>
  );
}

function makeQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 5_000,
        // The server may run on this machine: being offline says nothing about it.
        networkMode: "always",
        // That mode would disable this, too.
        refetchOnReconnect: true,
        refetchInterval: (query) => polled(query, () => false),
        retry: (failures, error) => failures < 2 && isTemporary(error),
      },
      mutations: { networkMode: "always" },
    },
  });
}
