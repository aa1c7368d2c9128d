/** The API as the page uses it. */

import { createClient, type Retry } from "routelet-client";

import { createStore } from "./store";
import { recorded } from "./wire/exchanges";

/**
 * The bearer token. It is in memory only: storage would outlive the tab on disk, and whoever reads this origin's storage
 * would have it. Going from screen to screen keeps it, for that is one page; loading the page again forgets it.
 */
export const token = createStore<string | undefined>(undefined);

export interface Waiting extends Retry {
  /** When the call is sent again, in milliseconds since the epoch. */
  until: number;
}

/** The calls that had no answer, or none that counts, and are sent again. */
export const waiting = createStore<readonly Waiting[]>([]);

export const api = createClient({
  token: token.get,
  fetch: recorded,
  onRetry: (retry) => waiting.set([...others(retry.request), { ...retry, until: Date.now() + retry.waitMs }]),
});

// A call ends with one of these, after all its repeats.
api.use({
  onResponse: ({ request }) => ended(request),
  onError: ({ request }) => ended(request),
});

function ended(request: Request): undefined {
  if (waiting.get().some((retry) => retry.request === request)) {
    waiting.set(others(request));
  }
}

function others(request: Request): Waiting[] {
  return waiting.get().filter((retry) => retry.request !== request);
}
