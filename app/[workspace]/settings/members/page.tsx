import type { Metadata } from "next";
import { FirstData } from "@/app/[workspace]/first-data";
import { firstReads } from "@/app/[workspace]/first-reads";
import { MembersPanel } from "@/components/members/members-panel";
import { pageContext } from "@/lib/auth/page-context";

export const metadata: Metadata = { title: "Members" };

export default async function MembersPage({ params }: { params: Promise<{ workspace: string }> }) {
  const { members, invitations, emailDomains } = firstReads(await pageContext((await params).workspace));
  return (
    <FirstData reads={[members(), invitations(), emailDomains()]}>
      <MembersPanel />
    </FirstData>
  );
}
