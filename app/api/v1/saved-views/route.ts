import { operations } from "@/lib/contract/operations";
import { route } from "@/lib/http/api-v1";
import { createSavedView } from "@/lib/saved-views/create-saved-view";
import { listSavedViews } from "@/lib/saved-views/list-saved-views";

export const GET = route(operations.listSavedViews, listSavedViews);
export const POST = route(operations.createSavedView, createSavedView);
