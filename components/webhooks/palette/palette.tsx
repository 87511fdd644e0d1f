"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Command } from "cmdk";
import {
  ArrowRight,
  Bookmark,
  CircleDot,
  FileText,
  Keyboard,
  LogOut,
  type LucideIcon,
  Pause,
  Play,
  Plus,
  Search,
  Send,
  Webhook,
  Zap,
} from "lucide-react";
import dynamic from "next/dynamic";
import { useRouter } from "next/navigation";
import { type ReactNode, useState } from "react";
import { describeWaitingShortly } from "@/components/data/describe-waiting";
import { useSavedViews } from "@/components/data/use-saved-views";
import { useWebhooks } from "@/components/data/use-webhooks";
import { webhookPaths } from "@/components/data/webhook-paths";
import { useShowShortcuts } from "@/components/shell/shortcuts-help";
import { signOut } from "@/components/shell/sign-out";
import { useCan, useWorkspace } from "@/components/shell/use-workspace";
import { cn } from "@/components/ui/cn";
import { Dialog, DialogContent, DialogDescription, DialogTitle } from "@/components/ui/dialog";
import { Spinner } from "@/components/ui/spinner";
import { RelativeTime } from "@/components/ui/time";
import { useNow } from "@/components/ui/use-now";
import { callApi } from "@/lib/api-client/call-api";
import { queryKeys } from "@/lib/api-client/query-keys";
import type { EndpointOutput } from "@/lib/contract/endpoints";
import { isBackingOff } from "@/lib/core/attention";
import { refuseSearch } from "@/lib/core/search-kinds";
import { byMatch, matchCommand } from "./match-command";
import { pagesOf } from "./pages";
import { useLookups } from "./use-lookups";

const TestEventDialog = dynamic(
  async () => (await import("@/components/webhooks/test-event/test-event-dialog")).TestEventDialog,
  { ssr: false },
);
const EnableDialog = dynamic(
  async () => (await import("@/components/webhooks/actions/enable-dialog")).EnableDialog,
  { ssr: false },
);
const DisableDialog = dynamic(
  async () => (await import("@/components/webhooks/actions/disable-dialog")).DisableDialog,
  { ssr: false },
);

/** Actions on a webhook that is chosen afterwards. */
type Act = "test" | "tryNow" | "enable" | "disable";
const acts: Record<Act, { label: string; placeholder: string; keywords: string[] }> = {
  test: { label: "Send test event…", placeholder: "Send a test event to…", keywords: ["try"] },
  tryNow: { label: "Try now…", placeholder: "Try now…", keywords: ["retry", "waiting", "webhook"] },
  enable: { label: "Enable webhook…", placeholder: "Enable…", keywords: ["resume", "start"] },
  disable: { label: "Disable webhook…", placeholder: "Disable…", keywords: ["pause", "stop"] },
};
const actIcons = { test: Send, tryNow: Zap, enable: Play, disable: Pause } as const;

/** Whether the action is possible in the webhook's present state. */
const fits: Record<Act, (endpoint: EndpointOutput) => boolean> = {
  test: () => true,
  tryNow: isBackingOff,
  enable: ({ status }) => status === "disabled",
  disable: ({ status }) => status !== "disabled",
};

/** How many recent events are shown. */
const recentMax = 6;

/**
 * Pages, webhooks, recent events and actions, by a few letters; and where a pasted id or key leads. Actions that the
 * user may not do are left out.
 */
export function Palette({ onClose }: { onClose: () => void }) {
  const { slug } = useWorkspace();
  const client = useQueryClient();
  const [act, setAct] = useState<{ kind: Act; endpoint: EndpointOutput } | null>(null);
  const begin = async (kind: Act, endpoint: EndpointOutput) => {
    if (kind !== "tryNow") return setAct({ kind, endpoint });
    onClose();
    const { tryWebhookNow } = await import("@/components/data/try-webhook-now");
    await tryWebhookNow({ client, workspace: slug }, endpoint);
  };
  if (act?.kind === "test") return <TestEventDialog endpoint={act.endpoint} onClose={onClose} />;
  if (act?.kind === "enable") return <EnableDialog endpoint={act.endpoint} onClose={onClose} />;
  if (act?.kind === "disable") return <DisableDialog endpoint={act.endpoint} onClose={onClose} />;
  return <Commands onClose={onClose} onAct={(kind, endpoint) => void begin(kind, endpoint)} />;
}

function Commands({
  onClose,
  onAct,
}: {
  onClose: () => void;
  onAct: (kind: Act, endpoint: EndpointOutput) => void;
}) {
  const [text, setText] = useState("");
  const [choosing, setChoosing] = useState<Act | null>(null);
  const router = useRouter();
  const go = (href: string) => {
    onClose();
    router.push(href);
  };
  const choose = (kind: Act | null) => {
    setChoosing(kind);
    setText("");
  };
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()}>
      <DialogContent
        className="overflow-hidden max-sm:h-[85dvh] sm:top-[12vh] sm:bottom-auto sm:max-w-xl"
        onEscapeKeyDown={(event) => {
          if (choosing === null) return;
          event.preventDefault();
          choose(null);
        }}
      >
        <DialogTitle className="sr-only">Search and commands</DialogTitle>
        <DialogDescription className="sr-only">
          Type to find a page, webhook, event or action, or paste an id or key.
        </DialogDescription>
        <Command
          label="Commands"
          loop
          filter={matchCommand}
          className="flex min-h-0 flex-col max-sm:h-full sm:max-h-[70dvh]"
        >
          <div className="flex items-center gap-2 border-border border-b px-4 pr-12">
            <Search aria-hidden="true" className="size-4 shrink-0 text-muted-foreground" />
            <Command.Input
              value={text}
              onValueChange={setText}
              placeholder={choosing ? acts[choosing].placeholder : "Search, or paste an id or key"}
              className="h-12 min-w-0 flex-1 bg-transparent text-base outline-none placeholder:text-muted-foreground sm:text-sm"
              onKeyDown={(event) => {
                if (event.key === "Backspace" && text === "" && choosing !== null) choose(null);
              }}
            />
          </div>
          <Command.List className="min-h-0 flex-1 overflow-y-auto p-2">
            {choosing ? (
              <Targets act={choosing} onChoose={(endpoint) => onAct(choosing, endpoint)} />
            ) : (
              <Everything text={text} onGo={go} onChoose={choose} onClose={onClose} />
            )}
          </Command.List>
        </Command>
      </DialogContent>
    </Dialog>
  );
}

/** The webhooks on which an action is possible. */
function Targets({ act, onChoose }: { act: Act; onChoose: (endpoint: EndpointOutput) => void }) {
  const list = useWebhooks();
  const now = useNow();
  const webhooks = list.data?.data.filter(fits[act]);
  return (
    <>
      <Command.Empty className="px-2 py-6 text-center text-muted-foreground">
        {webhooks ? "No webhook matches." : "Loading the webhooks…"}
      </Command.Empty>
      <Group heading={acts[act].label}>
        {webhooks?.map((endpoint) => (
          <Item
            key={endpoint.id}
            value={endpoint.id}
            keywords={[endpoint.name, endpoint.url]}
            onSelect={() => onChoose(endpoint)}
          >
            <Webhook aria-hidden="true" />
            {act === "tryNow" ? (
              <Label text={endpoint.name} detail={describeWaitingShortly(endpoint.waiting, now)} />
            ) : (
              <Label text={endpoint.name} detail={endpoint.url} mono />
            )}
          </Item>
        ))}
      </Group>
    </>
  );
}

type Section = { heading: string; entries: Entry[] };
type Entry = {
  /** Unique in the palette, and matched like the keywords. */
  value: string;
  keywords: string[];
  Icon: LucideIcon;
  label: string;
  detail?: ReactNode;
  mono?: boolean;
  run: () => void;
};

function Everything({
  text,
  onGo,
  onChoose,
  onClose,
}: {
  text: string;
  onGo: (href: string) => void;
  onChoose: (act: Act) => void;
  onClose: () => void;
}) {
  const { slug, scopes } = useWorkspace();
  const mayWrite = useCan("endpoints:write");
  const showShortcuts = useShowShortcuts();
  const list = useWebhooks();
  const webhooks = list.data?.data ?? [];
  const views = useSavedViews().data?.data ?? [];
  const recent = useQuery({
    queryKey: queryKeys.eventList(slug, { limit: recentMax }),
    queryFn: ({ signal }) => callApi("GET /events", { workspace: slug, query: { limit: recentMax }, signal }),
  });
  const lookups = useLookups(text);
  const pages = pagesOf(slug).filter(({ scope }) => !scope || scopes.includes(scope));
  const possible = (Object.keys(acts) as Act[]).filter((act) => webhooks.some(fits[act]));
  const sections: Section[] = [
    {
      heading: "Pages",
      entries: pages.map(({ label, keywords, href }) => ({
        value: label,
        keywords,
        Icon: FileText,
        label,
        run: () => onGo(href),
      })),
    },
    {
      heading: "Webhooks",
      entries: webhooks.map(({ id, name, url }) => ({
        value: id,
        keywords: [name, url],
        Icon: Webhook,
        label: name,
        detail: url,
        mono: true,
        run: () => onGo(webhookPaths.show(slug, id)),
      })),
    },
    {
      heading: "Saved views",
      entries: views.map((view) => ({
        value: view.id,
        keywords: [view.name, "saved view"],
        Icon: Bookmark,
        label: view.name,
        detail: view.log === "published" ? "Published events" : "Event log",
        run: () => onGo(webhookPaths.savedView(slug, view)),
      })),
    },
    {
      heading: "Actions",
      entries: [
        ...(mayWrite
          ? [
              {
                value: "Add a webhook",
                keywords: ["new", "create"],
                Icon: Plus,
                label: "Add a webhook",
                run: () => onGo(webhookPaths.add(slug)),
              },
              ...possible.map((act) => ({
                value: acts[act].label,
                keywords: acts[act].keywords,
                Icon: actIcons[act],
                label: acts[act].label,
                run: () => onChoose(act),
              })),
            ]
          : []),
        {
          value: "Keyboard shortcuts",
          keywords: ["help", "keys"],
          Icon: Keyboard,
          label: "Keyboard shortcuts",
          run: () => {
            onClose();
            showShortcuts();
          },
        },
        {
          value: "Sign out",
          keywords: ["log out", "leave"],
          Icon: LogOut,
          label: "Sign out",
          run: () => void signOut(),
        },
      ],
    },
    {
      heading: "Recent events",
      entries: (recent.data?.data ?? []).map(({ id, type, createdAt }) => ({
        value: id,
        keywords: [type],
        Icon: CircleDot,
        label: type,
        detail: <RelativeTime value={createdAt} />,
        run: () => onGo(webhookPaths.publishedEvent(slug, id)),
      })),
    },
  ].filter(({ entries }) => entries.length > 0);
  return (
    <>
      <Command.Empty className="flex items-center justify-center gap-2 px-2 py-6 text-muted-foreground">
        {lookups === undefined ? (
          <>
            <Spinner /> Looking for it…
          </>
        ) : lookups instanceof Error ? (
          `It could not be looked for: ${lookups.message}`
        ) : (
          (refuseSearch(text) ?? "Nothing matches. Ids and keys must be complete.")
        )}
      </Command.Empty>
      {Array.isArray(lookups) && lookups.length > 0 && (
        <Group heading="Found">
          {lookups.map(({ key, label, detail, href }) => (
            // The text as a keyword: what was found for it matches it, and Enter opens the first.
            <Item key={key} value={`found ${key}`} keywords={[text]} onSelect={() => onGo(href)}>
              <ArrowRight aria-hidden="true" />
              <Label text={label} detail={detail} />
            </Item>
          ))}
        </Group>
      )}
      {byMatch(sections, text).map(({ heading, entries }) => (
        <Group key={heading} heading={heading}>
          {entries.map(({ value, keywords, Icon, label, detail, mono, run }) => (
            <Item key={value} value={value} keywords={keywords} onSelect={run}>
              <Icon aria-hidden="true" />
              <Label text={label} detail={detail} mono={mono} />
            </Item>
          ))}
        </Group>
      ))}
    </>
  );
}

function Group({ heading, children }: { heading: string; children: ReactNode }) {
  return (
    <Command.Group
      heading={heading}
      className="[&_[cmdk-group-heading]]:px-2 [&_[cmdk-group-heading]]:py-1.5 [&_[cmdk-group-heading]]:font-medium [&_[cmdk-group-heading]]:text-muted-foreground [&_[cmdk-group-heading]]:text-xs"
    >
      {children}
    </Command.Group>
  );
}

function Item({ className, ...props }: React.ComponentProps<typeof Command.Item>) {
  return (
    <Command.Item
      className={cn(
        "flex min-h-9 cursor-pointer items-center gap-2.5 rounded-md px-2 py-1 text-sm data-[selected=true]:bg-accent [&_svg]:size-4 [&_svg]:shrink-0 [&_svg]:text-muted-foreground",
        className,
      )}
      {...props}
    />
  );
}

function Label({
  text,
  detail,
  mono = false,
}: {
  text: string;
  detail?: ReactNode;
  mono?: boolean | undefined;
}) {
  return (
    <span className="flex min-w-0 flex-1 items-baseline gap-3">
      <span className="min-w-0 shrink-0 truncate max-sm:shrink">{text}</span>
      {detail && (
        <span
          className={cn(
            "min-w-0 flex-1 truncate text-right text-muted-foreground text-xs",
            mono && "font-mono",
          )}
        >
          {detail}
        </span>
      )}
    </span>
  );
}
