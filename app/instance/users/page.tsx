import type { Metadata } from "next";
import { InstanceUsers } from "@/components/instance/instance-users";

export const metadata: Metadata = { title: "Users" };

export default function InstanceUsersPage() {
  return <InstanceUsers />;
}
