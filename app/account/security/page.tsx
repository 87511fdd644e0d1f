import type { Metadata } from "next";
import { Security } from "@/components/account/security";
import { describeSignInFault } from "@/components/sign-in/sign-in-faults";

export const metadata: Metadata = { title: "Security" };

export default async function SecurityPage({
  searchParams,
}: {
  searchParams: Promise<{ error?: string | string[] }>;
}) {
  const error = [(await searchParams).error].flat()[0];
  return <Security linkFault={error && describeSignInFault(error, "the provider", null)} />;
}
