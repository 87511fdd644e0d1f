"use client";

import dynamic from "next/dynamic";

/** The command palette, which loads when it is first opened. */
export const LazyPalette = dynamic(async () => (await import("./palette")).Palette, { ssr: false });
