import type { Database } from "@/db/connection/client";
import type { SessionUser } from "../auth/session-user";
import type { Source } from "../auth/source";

/** For a request of a person who is not signed in. */
export type VisitorContext = { db: Database; source: Source };

/** For what users do with their own account. */
export type PersonContext = VisitorContext & { user: SessionUser };
