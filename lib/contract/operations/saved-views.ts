import {
  createSavedViewInput,
  savedViewOutput,
  savedViewsOutput,
  updateSavedViewInput,
} from "../saved-views";
import { operationsOf } from "./operation";

export const savedViewOperations = operationsOf(
  { tag: "Saved views", reads: "savedViews:write", changes: "savedViews:write" },
  {
    listSavedViews: {
      route: "GET /saved-views",
      summary: "List your saved views, by name (dashboard only)",
      output: savedViewsOutput,
    },
    createSavedView: {
      route: "POST /saved-views",
      summary: "Save a view (dashboard only)",
      body: createSavedViewInput,
      status: 201,
      output: savedViewOutput,
      errors: ["conflict", "limit_reached"],
    },
    updateSavedView: {
      route: "PATCH /saved-views/{id}",
      summary: "Rename a saved view or change its filters (dashboard only)",
      body: updateSavedViewInput,
      output: savedViewOutput,
      errors: ["conflict"],
    },
    deleteSavedView: {
      route: "DELETE /saved-views/{id}",
      summary: "Delete a saved view (dashboard only)",
    },
  },
);
