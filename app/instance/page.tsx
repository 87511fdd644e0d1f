import type { Metadata } from "next";
import { InstanceOverview } from "@/components/instance/instance-overview";

export const metadata: Metadata = { title: "Overview" };

export default function InstanceOverviewPage() {
  return <InstanceOverview />;
}
