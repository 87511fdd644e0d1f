import { z } from "zod";
import { savedLogs, savedViewNameMax, savedViewQueryMax } from "../core/saved-views";
import { text } from "../core/text";
import { namesAField } from "./shared";

const name = text({ trim: true, min: 1, max: savedViewNameMax });
const query = text({ max: savedViewQueryMax }).meta({
  description: "The filters, as they appear after the `?` in the URL of the event log.",
  examples: ["status=failed&range=24h"],
});
const log = z
  .enum(savedLogs, `must be one of ${savedLogs.join(", ")}`)
  .meta({ description: "Which of the two views of the event log the filters belong to." });

export const savedViewOutput = z
  .object({ id: z.string(), name: z.string(), log, query: z.string(), createdAt: z.iso.datetime() })
  .meta({ id: "SavedView" });
export type SavedViewOutput = z.infer<typeof savedViewOutput>;
export const savedViewsOutput = z.object({ data: z.array(savedViewOutput) });

export const createSavedViewInput = z.strictObject({ name, log, query }).meta({ id: "CreateSavedView" });

export const updateSavedViewInput = z
  .strictObject({ name: name.optional(), query: query.optional() })
  .refine(...namesAField)
  .meta({ id: "UpdateSavedView" });
