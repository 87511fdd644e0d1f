import { z } from "zod";
import { text } from "../core/text";
import { emailAddress, newPassword } from "./users";
import { workspaceName } from "./workspaces";

export const setupInput = z
  .strictObject({
    name: text({ trim: true, min: 1, max: 100 }),
    email: emailAddress,
    password: newPassword,
    workspace: workspaceName,
    sampleCatalogue: z.boolean().default(true),
    token: text({ max: 200 }).optional().meta({
      description: "The token of the setup link that is printed at start. Required if `APP_URL` is set.",
    }),
  })
  .meta({ id: "Setup" });
export type SetupInput = z.input<typeof setupInput>;

export const setupOutput = z.object({ workspace: z.object({ slug: z.string(), name: z.string() }) });
export type SetupOutput = z.infer<typeof setupOutput>;
