/** An answer as it came, for people to look at. */

import { fieldIssues } from "routelet-client";

export interface Answer {
  status: number;
  body: string;
  /** What is wrong with each field. */
  issues: Partial<Record<string, string>>;
}

/** Waits for a call with `parseAs: "text"`: no digit and no order gets lost in a text. */
export async function answerOf(
  call: Promise<{ data?: string; error?: unknown; response: Response }>,
): Promise<Answer> {
  const { data, error, response } = await call;
  const body = data ?? (typeof error === "string" ? error : JSON.stringify(error));
  const issues = Object.entries(fieldIssues(error)).map(([field, all]) => [field, all?.[0]?.message]);
  return { status: response.status, body, issues: Object.fromEntries(issues) };
}
