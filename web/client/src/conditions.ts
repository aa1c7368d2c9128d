/**
 * Keeps the ETags of items, and what was answered with them.
 *
 * `PUT`, `PATCH` and `DELETE` get `If-Match` with the tag that this client saw last: if somebody else has changed the
 * item since, the answer is 412 and nothing is written. `GET` gets `If-None-Match`; after a 304 the kept answer is
 * given as a 200. Conditions that the caller gave stay as they are, and `If-Match: *` writes over any version.
 */

import { Recent } from "./recent";
import type { Send } from "./retries";

/** Tags are small, and an item without one is written without a condition: room for many. */
const MOST_TAGS = 10_000;
/** An answer that is forgotten is only fetched again. In UTF-16 code units, two bytes each. */
const MOST_TEXT = 4 << 20;

interface Kept {
  etag: string;
  authorization: string;
  body: string;
  headers: Headers;
}

/**
 * Adds conditions to the requests, and keeps what comes back. An answer is given again only to the token that it was for.
 * Tags are for every token: a form outlives the token with which it was filled, and must not lose its condition.
 */
export function withConditions(send: Send): Send {
  const tags = new Recent<string>(MOST_TAGS, () => 1);
  const answers = new Recent<Kept>(MOST_TEXT, ({ authorization, body }) => authorization.length + body.length);

  return async (request) => {
    const { headers, method, url } = request;
    const authorization = headers.get("authorization") ?? "";
    const isFree = !headers.has("if-match") && !headers.has("if-none-match");

    const tag = isFree && isChange(method) ? tags.get(url) : undefined;
    if (tag !== undefined) {
      headers.set("if-match", tag);
    }
    const kept = isFree && method === "GET" && mayUseKept(request) ? answers.get(url) : undefined;
    const known = kept?.authorization === authorization ? kept : undefined;
    if (known) {
      headers.set("if-none-match", known.etag);
    }

    const response = await send(request);
    if (known && response.status === 304) {
      return again(known, response);
    }
    const address = addressOf(request, response);
    const etag = response.headers.get("etag");
    if (address !== undefined && response.ok && etag !== null && isJson(response)) {
      const body = await response.clone().text();
      tags.set(address, etag);
      answers.set(address, { etag, authorization, body, headers: response.headers });
    } else if (isGone(method, response)) {
      tags.delete(url);
      answers.delete(url);
    }
    return response;
  };
}

/** The kept answer, with the headers that came with the 304. */
function again(known: Kept, { headers }: Response): Response {
  return new Response(known.body, {
    status: 200,
    headers: { ...Object.fromEntries(known.headers), ...Object.fromEntries(headers) },
  });
}

function isChange(method: string): boolean {
  return method === "PUT" || method === "PATCH" || method === "DELETE";
}

/** `cache: "no-store"` and `"reload"` ask for a whole answer, here as with the browser's own cache. */
function mayUseKept({ cache }: Request): boolean {
  return cache !== "no-store" && cache !== "reload";
}

/** The URL of the item in an answer. */
function addressOf({ method, url }: Request, { headers }: Response): string | undefined {
  switch (method) {
    case "GET":
    case "PUT":
    case "PATCH":
      return url;
    case "POST": {
      const location = headers.get("location");
      return location === null ? undefined : new URL(location, url).href;
    }
    default:
      return undefined;
  }
}

function isGone(method: string, { ok, status }: Response): boolean {
  return status === 404 || (method === "DELETE" && ok);
}

function isJson({ headers }: Response): boolean {
  return headers.get("content-type")?.startsWith("application/json") ?? false;
}
