/** A typed client of the API, from its OpenAPI document. */

export { createClient, type ApiClient, type ApiClientOptions } from "./client";
export { fieldIssues, issuesOf, messageOf, type ApiError, type FieldIssues, type Issue } from "./errors";
export { nextPage, pages, PageError, type Item, type ListPath, type ListQuery } from "./pages";
export { idempotencyKey, type TokenSource } from "./identity";
export type { Retry } from "./retries";
export type { components, operations, paths } from "./schema";
