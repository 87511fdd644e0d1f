import type { Metadata } from "next";
import { SelfTests } from "@/components/instance/self-tests";

export const metadata: Metadata = { title: "Self-test" };

export default function SelfTestPage() {
  return <SelfTests />;
}
