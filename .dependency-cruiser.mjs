import { readdirSync } from "node:fs";

/**
 * The rooms, from the top: each may import only what stands below it, so that no two import each other, by value or by
 * type. ARCHITECTURE.md draws them.
 */
const rooms = [
  "app",
  "inngest",
  "components/webhooks/overview",
  "components/webhooks/page",
  "components/webhooks/list",
  "components/webhooks/form",
  "components/webhooks/palette",
  "components/webhooks/actions",
  "components/webhooks/test-event",
  "components/webhooks/signature",
  "components/webhooks/.",
  "components/event-log/published",
  "components/event-log/.",
  "components/event-log/histogram",
  "components/event-log/sheet",
  "components/jobs",
  "components/emails",
  "components/api-keys",
  "components/audit-log",
  "components/settings",
  "components/members",
  "components/instance",
  "components/account",
  "components/sign-in",
  "components/errors",
  "components/charts",
  "components/data",
  "components/shell",
  "components/ui",
  "lib/api-client",
  "lib/server",
  "lib/http",
  "lib/openapi",
  "lib/health",
  "lib/metrics",
  "lib/self-test",
  "lib/account",
  "lib/setup",
  "lib/instance",
  "lib/stats",
  "lib/members",
  "lib/notifications",
  "lib/endpoints",
  "lib/events",
  "lib/event-types",
  "lib/audit-log",
  "lib/saved-views",
  "lib/replays",
  "lib/deliveries",
  "lib/workspaces",
  "lib/api-keys",
  "lib/maintenance",
  "lib/processes",
  "lib/ledger",
  "lib/auth",
  "lib/delivery",
  "lib/signatures",
  "lib/verbs",
  "db/.",
  "db/queries",
  "db/fragments",
  "db/connection",
  "db/schema",
  "lib/telemetry",
  "lib/platform",
  "lib/contract",
  "lib/core",
];

/** What is no room: data, and what tests use. */
const without = ["components/testing", "db/migrations", "db/patches", "db/testing", "lib/testing"];
for (const top of ["components", "components/event-log", "components/webhooks", "db", "lib"]) {
  for (const entry of readdirSync(new URL(top, import.meta.url), { withFileTypes: true })) {
    const room = `${top}/${entry.name}`;
    const isRoom = rooms.some((one) => one === room || one.startsWith(`${room}/`));
    if (entry.isDirectory() && !isRoom && !without.includes(room)) {
      throw new Error(`${room} has no place among the rooms: add it to .dependency-cruiser.mjs`);
    }
  }
}

/** @param {string} room a folder, or `folder/.` for the files that are in it itself */
const pathOf = (room) => (room.endsWith("/.") ? `^${room.slice(0, -1)}[^/]+$` : `^${room}/`);
const tests = "(\\.test\\.tsx?$|/testing/)";

const shared = "^components/(charts|data|shell|ui)/";

const layers = rooms.slice(1).map((room, at) => ({
  name: `layers: ${room}`,
  comment: `${room} imports only what stands below it; here it looks up.`,
  severity: "error",
  from: { path: pathOf(room), pathNot: tests },
  to: { path: rooms.slice(0, at + 1).map(pathOf) },
}));

export default {
  forbidden: [
    ...layers,
    {
      name: "nothing imports e2e, and only bin imports bin",
      severity: "error",
      from: { path: "^(app|inngest|components|lib|db)/", pathNot: tests },
      to: { path: "^(e2e|bin)/" },
    },
    {
      name: "what ships imports no testing folder",
      comment: "The seed does not ship: it needs e2e, too.",
      severity: "error",
      from: { path: "^(app|bin|components|db|inngest|lib)/", pathNot: [tests, "^bin/seed/"] },
      to: { path: "/testing/" },
    },
    {
      name: "features do not meet",
      comment:
        "The pages of app give one to the other; what several need stands in charts, data, shell or ui.",
      severity: "error",
      from: { path: "^components/([^/]+)/", pathNot: [tests, shared] },
      to: { path: "^components/", pathNot: [shared, "^components/$1/"] },
    },
    {
      name: "no circle between files",
      comment: "Types may refer to each other within a room.",
      severity: "error",
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ["type-only"] } },
    },
    {
      name: "core is pure",
      comment: "It runs everywhere, the browser too: it imports itself, and zod at most.",
      severity: "error",
      from: { path: "^lib/core/", pathNot: tests },
      to: { pathNot: "^(lib/core/|node_modules/(zod|uuid|lossless-json)/|(node:)?crypto$)" },
    },
    {
      name: "contract is core and zod",
      severity: "error",
      from: { path: "^lib/contract/", pathNot: tests },
      to: { pathNot: "^(lib/(core|contract)/|node_modules/(zod|lossless-json)/)" },
    },
    {
      name: "the browser gets no server",
      comment: "components import lib's api-client, contract and core.",
      severity: "error",
      from: { path: "^(components|lib/api-client)/", pathNot: tests },
      to: { path: "^(db|lib)/", pathNot: "^lib/(api-client|contract|core)/" },
    },
    {
      name: "app and inngest call lib, not the database",
      severity: "error",
      from: { path: "^(app|inngest)/", pathNot: tests },
      to: { path: "^db/" },
    },
    {
      name: "only app/api/inngest imports inngest",
      severity: "error",
      from: { path: "^app/", pathNot: "^app/api/inngest/" },
      to: { path: "^inngest/" },
    },
    {
      name: "only db knows SQL",
      severity: "error",
      from: { path: "^(app|components|inngest|lib)/", pathNot: tests },
      to: { path: "^node_modules/(drizzle-orm|postgres)/" },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: "^(\\.next|\\.data|e2e/clients)" },
    tsConfig: { fileName: "tsconfig.json" },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "require", "node", "default", "types"],
    },
  },
};
