import type { Database } from "@/db/connection/client";
import type { SessionUser } from "../auth/session-user";
import type { Source } from "../auth/source";

/** Of what somebody asks who is not signed in. */
export type VisitorContext = { db: Database; source: Source };

/** Of what a person does with the own account. */
export type PersonContext = VisitorContext & { user: SessionUser };
