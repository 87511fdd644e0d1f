import { redirect } from "next/navigation";

export default async function DevelopersPage({ params }: { params: Promise<{ workspace: string }> }) {
  redirect(`/${(await params).workspace}/developers/webhooks`);
}
