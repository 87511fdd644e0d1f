import type { Metadata } from "next";
import { InstanceWorkspaces } from "@/components/instance/instance-workspaces";

export const metadata: Metadata = { title: "Workspaces" };

export default function InstanceWorkspacesPage() {
  return <InstanceWorkspaces />;
}
