import { z } from "zod";
import { emailAddress, newPassword } from "../users/schemas";
import { workspaceName } from "../workspaces/schemas";

export const setupInput = z
  .strictObject({
    name: z.string().trim().min(1, "must not be empty").max(100, "must be at most 100 characters"),
    email: emailAddress,
    password: newPassword,
    workspace: workspaceName,
    sampleCatalogue: z.boolean().default(true),
  })
  .meta({ id: "Setup" });
export type SetupInput = z.input<typeof setupInput>;

export const setupOutput = z.object({ workspace: z.object({ slug: z.string(), name: z.string() }) });
