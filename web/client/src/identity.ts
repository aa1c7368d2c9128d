/** Who sends a request, and which request it is: `Authorization` and `Idempotency-Key`. */

import type { Middleware } from "openapi-fetch";

/** Gives the bearer token of the moment, if there is one. */
export type TokenSource = () => string | undefined | Promise<string | undefined>;

/** Adds the token and, to a `POST` at one of these paths, a key. A header that the caller gave stays. */
export function identify(token: TokenSource | undefined, keyedPaths: readonly string[]): Middleware {
  return {
    async onRequest({ request, schemaPath }) {
      const { headers, method } = request;
      if (method === "POST" && keyedPaths.includes(schemaPath) && !headers.has("idempotency-key")) {
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
