/** Why a call did not do what it should, in the words of a person. */

import { fieldIssues, messageOf } from "routelet-client";

export interface Failure {
  kind: Kind;
  text: string;
  /** What is wrong with each field. */
  fields: Partial<Record<string, string>>;
}

/**
 * What the page can do about it: `invalid` fields get a text beside them, `unauthorized` asks for a token, what is `gone`
 * leaves the list, of what was `changed` both versions are shown, and after `unknown` it looks whether it was done.
 */
type Kind = "invalid" | "unauthorized" | "gone" | "changed" | "unknown" | "other";

/** Exactly one of both. */
export type Outcome<Data> =
  | { data: Data; response: Response; failure?: never }
  | { data?: never; response?: Response; failure: Failure };

/** Waits for a call of the client. */
export async function outcomeOf<Data>(
  call: Promise<{ data?: Data; error?: unknown; response: Response }>,
): Promise<Outcome<Data>> {
  try {
    const { data, error, response } = await call;
    return data === undefined ? { failure: failureOf(response, error), response } : { data, response };
  } catch {
    return { failure: failure("unknown", "No answer from the API. Check your connection, then try again.") };
  }
}

export function failure(kind: Kind, text: string, fields: Failure["fields"] = {}): Failure {
  return { kind, text, fields };
}

function failureOf({ status, headers }: Response, error: unknown): Failure {
  const message = messageOf(error);
  switch (status) {
    case 400:
    case 422:
      return failure("invalid", message, issuesOf(error));
    case 401:
      return failure("unauthorized", "This needs a valid token.");
    case 404:
      return failure("gone", `${message}.`);
    case 412:
      return failure("changed", "Somebody else has changed this meanwhile.");
    case 413:
      return failure("other", "This is too long: the API takes one mebibyte at most.");
    case 429:
      return failure("other", `Too many requests. Try again ${soon(headers)}.`);
    case 503:
      return message === "The change may or may not have been made"
        ? failure("unknown", `${message}.`)
        : failure("other", `${message}. Try again ${soon(headers)}.`);
    default:
      return failure("other", `${message} (${status}${requestId(headers)}).`);
  }
}

/** The first issue of each field. */
function issuesOf(error: unknown): Failure["fields"] {
  const fields = Object.entries(fieldIssues(error)).filter(([field]) => field !== "");
  return Object.fromEntries(fields.map(([field, issues]) => [field, issues?.[0]?.message]));
}

function soon(headers: Headers): string {
  const seconds = headers.get("retry-after");
  return seconds !== null && /^\d+$/.test(seconds) ? `in ${seconds} s` : "in a moment";
}

function requestId(headers: Headers): string {
  const id = headers.get("x-request-id");
  return id === null ? "" : `, request ${id}`;
}
