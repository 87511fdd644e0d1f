import type { Database } from "@/db/connection/client";
import type { SessionUser } from "../auth/session-user";
import type { Origin } from "../verbs/context";

/** For a person with a link, who may be signed in. */
export type VisitorContext = { db: Database; user: SessionUser | null; origin?: Origin };
