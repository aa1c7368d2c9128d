/** Who sends a request, and which request it is: `Authorization` and `Idempotency-Key`. */

import type { Middleware } from "openapi-fetch";

import type { PathTaking } from "./taking";

/** Gives the bearer token of the moment, if there is one. */
export type TokenSource = () => string | undefined | Promise<string | undefined>;

/** The paths whose `POST` takes an `Idempotency-Key`. */
type KeyedPath = PathTaking<"post", "header", "Idempotency-Key">;

// Types are gone at run time, so the paths stand here again; one too few or too many does not compile.
const keyed: Record<KeyedPath, true> = { "/api/posts": true, "/api/tasks": true };

/** Adds the token and, to a create, a key. A header that the caller gave stays. */
export function identify(token: TokenSource | undefined): Middleware {
  return {
    async onRequest({ request, schemaPath }) {
      const { headers, method } = request;
      if (method === "POST" && schemaPath in keyed && !headers.has("idempotency-key")) {
        headers.set("idempotency-key", idempotencyKey());
      }
      const bearer = headers.has("authorization") ? undefined : await token?.();
      if (bearer) {
        headers.set("authorization", `Bearer ${bearer}`);
      }
    },
  };
}

/** A key that nobody else has. A page that came over plain HTTP from another host has no `randomUUID`. */
export function idempotencyKey(): string {
  if (typeof crypto.randomUUID === "function") {
    return crypto.randomUUID();
  }
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
