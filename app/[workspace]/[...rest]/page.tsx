import type { Metadata } from "next";
import { notFound } from "next/navigation";

export const metadata: Metadata = { title: "Not found" };

/** Every unknown address in a workspace: answered within the workspace's frame. */
export default function UnknownPage() {
  notFound();
}
