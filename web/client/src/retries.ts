/**
 * Sends a request again where that does no harm.
 *
 * An attempt ends in one of three ways:
 * - It has an answer. Then there is nothing to repeat.
 * - It did nothing: the API says so (503 `Temporarily unavailable`), or the gateway lets no more requests through (429).
 *   Any request may be sent again.
 * - Nobody knows: the connection broke, the answer did not come, or it is another 503 or a 504. Then a request may be
 *   sent again only if it applies once, however often it arrives:
 *   - `GET` and `HEAD` change nothing.
 *   - `POST` with an `Idempotency-Key` creates one item.
 *   - `PUT` and `PATCH` with `If-Match` change the tag that they ask for. Without it they are not sent again: the
 *     repeat could overwrite what somebody else has changed since.
 *   - `DELETE` finds nothing more to delete, for ids never come back.
 *
 * The repeat of a change that was made gets an error, such as the 412 of its own tag, which would blame somebody else.
 * So after an attempt of which nobody knows, such an error becomes the API's own words for that: 503 `The change may or
 * may not have been made`. A read tells what is there now.
 */

import type { ApiError } from "./errors";
import { wait, waitBefore } from "./retry-after";

export type Send = (request: Request) => Promise<Response>;

/** A repeat that is about to be waited for. */
export interface Retry {
  request: Request;
  /** 1 for the first repeat. */
  attempt: number;
  waitMs: number;
  /** `unavailable`: the answer was a 429, 503 or 504. `lost`: no answer came, or not all of it. */
  reason: "unavailable" | "lost";
}

interface Options {
  retries: number;
  timeout: number;
  onRetry: ((retry: Retry) => void) | undefined;
}

/** Repeats at most `retries` times; an attempt whose answer takes longer than `timeout` milliseconds is lost. */
export function withRetries(send: Send, { retries, timeout, onRetry }: Options): Send {
  return async (request) => {
    let isUnknown = false;
    for (let attempt = 1; ; attempt += 1) {
      const ended = await attemptOf(send, request, timeout);
      isUnknown ||= ended.outcome === "unknown";
      const waitMs = waitBefore(attempt, ended.response?.headers.get("retry-after") ?? null);
      const isRepeatable = ended.outcome !== "answered" && (!isUnknown || appliesOnce(request));
      if (!isRepeatable || attempt > retries || waitMs === undefined) {
        return isUnknown ? truthful(request, ended) : responseOf(ended);
      }
      onRetry?.({ request, attempt, waitMs, reason: ended.response ? "unavailable" : "lost" });
      await wait(waitMs, request.signal);
    }
  };
}

type Attempt =
  | { outcome: "answered" | "not made" | "unknown"; response: Response }
  | { outcome: "unknown"; response?: never; cause: unknown };

async function attemptOf(send: Send, request: Request, timeout: number): Promise<Attempt> {
  const deadline = new AbortController();
  const late = () => deadline.abort(new DOMException(`No answer within ${timeout} ms`, "TimeoutError"));
  const timer = setTimeout(late, timeout);
  try {
    const signal = AbortSignal.any([request.signal, deadline.signal]);
    // A copy: the next attempt needs the body, too.
    const response = await send(new Request(request.clone(), { signal }));
    return { outcome: outcomeOf(response.status, await jsonOf(response)), response };
  } catch (cause) {
    request.signal.throwIfAborted();
    return { outcome: "unknown", cause };
  } finally {
    clearTimeout(timer);
  }
}

/** Reads a JSON answer to its end, for that can be lost, too. Other bodies, such as files, go on as they arrive. */
async function jsonOf(response: Response): Promise<string> {
  const isJson = response.headers.get("content-type")?.startsWith("application/json") ?? false;
  return isJson ? response.clone().text() : "";
}

function outcomeOf(status: number, body: string): "answered" | "not made" | "unknown" {
  switch (status) {
    case 429:
      return "not made";
    case 503:
      return saysNotMade(body) ? "not made" : "unknown";
    case 504:
      return "unknown";
    default:
      return "answered";
  }
}

/** Whether a 503 says that nothing was done. One of the gateway's own does not. */
function saysNotMade(body: string): boolean {
  try {
    return (JSON.parse(body) as ApiError).error === "Temporarily unavailable";
  } catch {
    return false;
  }
}

function appliesOnce({ method, headers }: Request): boolean {
  switch (method) {
    case "GET":
    case "HEAD":
    case "DELETE":
      return true;
    case "POST":
      return headers.has("idempotency-key");
    case "PUT":
    case "PATCH":
      return /^\s*"/.test(headers.get("if-match") ?? ""); // not `*`, which holds after the change as well
    default:
      return false;
  }
}

function responseOf(ended: Attempt): Response {
  if ("cause" in ended) {
    throw ended.cause;
  }
  return ended.response;
}

/** The answer after an attempt of which nobody knows. */
function truthful(request: Request, ended: Attempt): Response {
  const response = responseOf(ended);
  const isRead = request.method === "GET" || request.method === "HEAD";
  return isRead || holdsForAll(response.status) ? response : unknownOutcome(response);
}

/** Whether the attempts before must have had this answer, too: success, or a request that is wrong as it stands. */
function holdsForAll(status: number): boolean {
  return status < 400 || [400, 405, 413, 415, 422].includes(status);
}

function unknownOutcome({ headers: last }: Response): Response {
  const headers = new Headers({ "content-type": "application/json" });
  for (const name of ["retry-after", "x-request-id"]) {
    const value = last.get(name);
    if (value !== null) {
      headers.set(name, value);
    }
  }
  const body: ApiError = { error: "The change may or may not have been made" };
  return new Response(JSON.stringify(body), { status: 503, headers });
}
