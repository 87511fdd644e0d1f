import { GeistMono } from "geist/font/mono";
import { GeistSans } from "geist/font/sans";
import type { Metadata, Viewport } from "next";
import { connection } from "next/server";
import type { ReactNode } from "react";
import { currentUser } from "@/lib/auth/current-user";
import "./globals.css";

export const metadata: Metadata = {
  title: { default: "Posthorn", template: "%s · Posthorn" },
  description: "Sends webhooks and shows what happened to each of them.",
  robots: { index: false, follow: false },
};

export const viewport: Viewport = {
  themeColor: [
    { media: "(prefers-color-scheme: light)", color: "#ffffff" },
    { media: "(prefers-color-scheme: dark)", color: "#111215" },
  ],
  colorScheme: "light dark",
};

/** Rendered for each request, because the scripts of each page have their own nonce. */
export default async function RootLayout({ children }: { children: ReactNode }) {
  await connection();
  // A page that reports an error uses the system's theme.
  const user = await currentUser().catch(() => null);
  const theme = user && user.theme !== "system" ? user.theme : undefined;
  return (
    <html lang="en" data-theme={theme} className={`${GeistSans.variable} ${GeistMono.variable}`}>
      <head>
        {/* Not among the metadata, which may come after the browser has asked for a /favicon.ico. */}
        <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
      </head>
      <body>{children}</body>
    </html>
  );
}
