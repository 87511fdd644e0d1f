import type { Metadata } from "next";
import { FirstData } from "@/app/[workspace]/first-data";
import { firstReads } from "@/app/[workspace]/first-reads";
import { EditWebhook } from "@/components/webhooks/form/edit-webhook";
import { pageContext } from "@/lib/auth/page-context";
import { findEndpointName } from "@/lib/endpoints/find-endpoint-name";
import { settings } from "@/lib/platform/env";

type WebhookPageProps = { params: Promise<{ workspace: string; id: string }> };

export async function generateMetadata({ params }: WebhookPageProps): Promise<Metadata> {
  const { workspace, id } = await params;
  const name = await findEndpointName({ ctx: await pageContext(workspace), id });
  return { title: name === null ? "Edit a webhook" : `Edit ${name}` };
}

export default async function EditWebhookPage({ params }: WebhookPageProps) {
  const { workspace, id } = await params;
  const { webhook, eventTypes } = firstReads(await pageContext(workspace));
  return (
    <FirstData reads={[webhook(id), eventTypes()]}>
      <EditWebhook id={id} targets={settings().privateTargets} />
    </FirstData>
  );
}
