"use client";

import { PageHeader } from "@/components/shell/page-header";
import { ErrorState } from "@/components/ui/error-state";
import { Fact, Facts } from "@/components/ui/facts";
import { FieldError } from "@/components/ui/field";
import { formatBytes } from "@/components/ui/format-bytes";
import { RadioGroup, RadioGroupItem } from "@/components/ui/radio-group";
import { Skeleton } from "@/components/ui/skeleton";
import { RelativeTime } from "@/components/ui/time";
import { useReadError } from "@/components/ui/use-read-error";
import type { InstanceOutput } from "@/lib/contract/instance";
import { type WorkspaceCreators, workspaceCreators } from "@/lib/core/workspaces";
import { useInstance, useUpdateInstance } from "./use-instance";

const creatorLabels: Record<WorkspaceCreators, { label: string; description: string }> = {
  operators: {
    label: "Operators only",
    description: "Everyone else joins workspaces that they are invited to.",
  },
  everybody: {
    label: "Everyone",
    description: "Anyone with an account on this instance can create workspaces.",
  },
};

/** Instance › Overview: what runs here, and who may create workspaces. */
export function InstanceOverview() {
  const query = useInstance();
  const failure = useReadError(query);
  return (
    <>
      <PageHeader title="Instance" description="This installation of Posthorn as a whole." />
      {failure ? (
        <ErrorState
          title="The instance could not be loaded"
          error={failure}
          onRetry={() => query.refetch()}
          retrying={query.isFetching}
        />
      ) : query.data ? (
        <Overview instance={query.data} />
      ) : (
        <Skeleton className="h-72 w-full" />
      )}
    </>
  );
}

function Overview({ instance }: { instance: InstanceOutput }) {
  const { version, role, database, engine, settings } = instance;
  return (
    <div className="grid grid-cols-1 gap-8">
      <section aria-labelledby="running" className="grid gap-3">
        <h2 id="running" className="font-semibold text-base">
          System
        </h2>
        <Facts>
          <Fact name="Version">{version}</Fact>
          <Fact name="Role of this process">{role}</Fact>
          <Fact name="Database">
            PostgreSQL {database.version}
            {database.embedded ? ", embedded" : ""}
          </Fact>
          <Fact name="Database size">{formatBytes(database.bytes)}</Fact>
          <Fact name="Engine">
            {engine.kind === null
              ? "runs in other processes"
              : `${engine.kind === "embedded" ? "Embedded" : "Inngest"}, ${engine.started ? "running" : "not started yet"}`}
          </Fact>
          <Fact name="Last check for due deliveries">
            {engine.lastSweepAt ? <RelativeTime value={engine.lastSweepAt} /> : "not in this process"}
          </Fact>
        </Facts>
      </section>
      <Creators creators={instance.workspaceCreators} />
      <section aria-labelledby="settings" className="grid gap-3">
        <div>
          <h2 id="settings" className="mb-1 font-semibold text-base">
            Settings in effect
          </h2>
          <p className="text-muted-foreground">
            From the environment of the process that answered this request. Secrets are not shown.
          </p>
        </div>
        <Facts>
          {settings.map(({ name, value }) => (
            <Fact key={name} name={<span className="break-all font-mono text-xs">{name}</span>}>
              {value}
            </Fact>
          ))}
        </Facts>
      </section>
    </div>
  );
}

function Creators({ creators }: { creators: WorkspaceCreators }) {
  const update = useUpdateInstance();
  const shown = update.isPending ? update.variables.workspaceCreators : creators;
  return (
    <section aria-labelledby="creators" className="grid gap-3">
      <h2 id="creators" className="font-semibold text-base">
        Who can create workspaces
      </h2>
      <RadioGroup
        aria-labelledby="creators"
        value={shown}
        onValueChange={(value) => {
          const chosen = workspaceCreators.find((one) => one === value);
          if (chosen) update.mutate({ workspaceCreators: chosen });
        }}
        className="grid gap-2"
      >
        {workspaceCreators.map((value) => (
          <div key={value} className="flex items-start gap-2">
            <RadioGroupItem id={`creators-${value}`} value={value} className="mt-0.5" />
            <label htmlFor={`creators-${value}`} className="grid cursor-pointer">
              <span className="font-medium">{creatorLabels[value].label}</span>
              <span className="text-muted-foreground text-xs">{creatorLabels[value].description}</span>
            </label>
          </div>
        ))}
      </RadioGroup>
      <FieldError>{update.error?.message}</FieldError>
    </section>
  );
}
