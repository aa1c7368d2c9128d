/** What an error of the API says, and about which field. */

import type { components } from "./schema";

/** The body of every error: a text, or what is wrong with each field. */
export type ApiError = components["schemas"]["Error"];

/** One broken rule of one field. */
export type Issue = components["schemas"]["Issue"];

/** The issues of each field by its name. Those of the body as a whole are under `""`. */
export type FieldIssues = Partial<Record<string, Issue[]>>;

// A gateway or proxy before the API answers with bodies of its own, so none of these trusts the type of `error`.

/** The issues in an error, in the order of the fields; none if it is a text. */
export function issuesOf(error: unknown): Issue[] {
  const issues = (error as Partial<ApiError> | null | undefined)?.error;
  return Array.isArray(issues) ? issues : [];
}

/** The issues in an error, by field: `fieldIssues(error).title?.[0]?.message`. */
export function fieldIssues(error: unknown): FieldIssues {
  const fields: FieldIssues = {};
  for (const issue of issuesOf(error)) {
    (fields[issue.path.join(".")] ??= []).push(issue);
  }
  return fields;
}

/** An error in one line: the API's text, or its issues' messages. */
export function messageOf(error: unknown): string {
  const text = (error as Partial<ApiError> | null | undefined)?.error;
  if (typeof text === "string") {
    return text;
  }
  const messages = issuesOf(error).map(({ message }) => message);
  return messages.length > 0 ? messages.join("; ") : "The API could not be understood";
}
