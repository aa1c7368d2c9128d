/** A typed client of the API: what is in `schema.ts` is from its OpenAPI document, and the rest serves any API. */

import type { Client } from "openapi-fetch";

import { createClientOf, type ApiClientOptions } from "./client";
import { keyedPaths, type paths } from "./schema";

export { createClientOf, type ApiClientOptions } from "./client";
export { fieldIssues, issuesOf, messageOf, type ApiError, type FieldIssues, type Issue } from "./errors";
export { nextPage, pages, PageError, type Item, type ListPath, type ListQuery, type PageQuery } from "./pages";
export { idempotencyKey, type TokenSource } from "./identity";
export type { Retry } from "./retries";
export type { components, operations, paths } from "./schema";
export { keyedPaths } from "./schema";

/** openapi-fetch's client of this API: `api.GET("/api/…")`. */
export type ApiClient = Client<paths>;

/** A client of this API. */
export function createClient(options?: ApiClientOptions): ApiClient {
  return createClientOf<paths>(keyedPaths, options);
}
