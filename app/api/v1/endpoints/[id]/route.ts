import { operations } from "@/lib/contract/operations";
import { deleteEndpoint } from "@/lib/endpoints/delete-endpoint";
import { getEndpoint } from "@/lib/endpoints/get-endpoint";
import { updateEndpoint } from "@/lib/endpoints/update-endpoint";
import { route } from "@/lib/http/api-v1";

export const GET = route(operations.getEndpoint, getEndpoint);

export const PATCH = route(operations.updateEndpoint, updateEndpoint);

export const DELETE = route(operations.deleteEndpoint, deleteEndpoint);
