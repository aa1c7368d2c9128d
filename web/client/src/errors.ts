/** What an error of the API says, and about which field. */

/** One broken rule of one field. What else it says depends on its code. */
export interface Issue {
  code: string;
  /** The field, or the way to it; empty for the body as a whole. */
  path: (string | number)[];
  message: string;
  [detail: string]: unknown;
}

/** The body of every error: a text, or what is wrong with each field. `error` itself is typed by its operation. */
export interface ApiError {
  error: string | Issue[];
}

/** The issues of each field by its name. Those of the body as a whole are under `""`. */
export type FieldIssues = Partial<Record<string, Issue[]>>;

// A gateway or proxy before the API has errors of its own, so none of these trusts the type of `error`.

/** The issues in an error, in the order of the fields; none if it is a text. */
export function issuesOf(error: unknown): Issue[] {
  const issues = bodyOf(error).error;
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

/** An error in one line: the API's text, its issues' messages, or what the gateway says. */
export function messageOf(error: unknown): string {
  const { error: text, message } = bodyOf(error);
  const messages = [text, ...issuesOf(error).map((issue) => issue.message), message];
  return messages.filter((part) => typeof part === "string").join("; ") || "The answer could not be understood";
}

function bodyOf(error: unknown): Partial<ApiError & { message: unknown }> {
  return typeof error === "object" && error !== null ? error : {};
}
