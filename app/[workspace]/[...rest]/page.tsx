import type { Metadata } from "next";
import { notFound } from "next/navigation";

export const metadata: Metadata = { title: "Not found" };

/** Every address of a workspace that no page has: answered within the workspace's frame. */
export default function UnknownPage() {
  notFound();
}
