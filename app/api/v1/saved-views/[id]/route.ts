import { operations } from "@/lib/contract/operations";
import { route } from "@/lib/http/api-v1";
import { deleteSavedView } from "@/lib/saved-views/delete-saved-view";
import { updateSavedView } from "@/lib/saved-views/update-saved-view";

export const PATCH = route(operations.updateSavedView, updateSavedView);
export const DELETE = route(operations.deleteSavedView, deleteSavedView);
