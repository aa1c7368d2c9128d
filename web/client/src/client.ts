import createOpenapiClient, { type Client } from "openapi-fetch";

import { withConditions } from "./conditions";
import { identify, type TokenSource } from "./identity";
import { withRetries, type Retry } from "./retries";

export interface ApiClientOptions {
  /** Where the API is, such as `https://api.example.com`. In a browser the default is the page's own origin. */
  baseUrl?: string;
  /** The bearer token of the moment; asked for each call. */
  token?: TokenSource;
  /** Sends one request. The default is the global `fetch`. */
  fetch?: (request: Request) => Promise<Response>;
  /** How often a call is repeated at most. The default is 3; 0 repeats none. */
  retries?: number;
  /** How long one attempt may take, in milliseconds. After that its answer counts as lost. The default is 60,000. */
  timeout?: number;
  /** Called before each wait for a repeat. */
  onRetry?: (retry: Retry) => void;
}

/**
 * A client that sends the token, makes creates idempotent, repeats what may be repeated, and keeps ETags.
 * Clients share nothing with each other. `keyedPaths` are the paths whose `POST` takes an `Idempotency-Key`.
 */
export function createClientOf<Paths extends {}>(
  keyedPaths: readonly string[],
  options: ApiClientOptions = {},
): Client<Paths> {
  const { baseUrl = "", token, retries = 3, timeout = 60_000, onRetry } = options;
  const send = options.fetch ?? ((request: Request) => globalThis.fetch(request));
  const client = createOpenapiClient<Paths>({
    baseUrl,
    fetch: withConditions(withRetries(send, { retries, timeout, onRetry })),
  });
  client.use(identify(token, keyedPaths));
  return client;
}
