/** Lists answer in pages; `Link` has the query of the next one (RFC 8288). */

import type { ApiClient } from "./client";
import { messageOf } from "./errors";
import type { paths } from "./schema";
import type { PathTaking } from "./taking";

/** The paths whose `GET` answers pages: those that take a `cursor`. */
export type ListPath = PathTaking<"get", "query", "cursor">;

/** The query of a list. */
export type ListQuery<Path extends ListPath = ListPath> = NonNullable<
  paths[Path]["get"]["parameters"]["query"]
>;

/** An item of a list. */
export type Item<Path extends ListPath> =
  paths[Path]["get"]["responses"][200]["content"]["application/json"][number];

/** The query of the page after this one; undefined after the last. */
export function nextPage(response: Response): ListQuery | undefined {
  const target = linkTo("next", response.headers.get("link") ?? "");
  if (target === undefined) {
    return undefined;
  }
  // Any origin will do, for only the query counts.
  const { limit, ...rest } = Object.fromEntries(new URL(target, "http://localhost").searchParams);
  return limit === undefined ? rest : { ...rest, limit: Number(limit) };
}

/**
 * All pages of a list, one after the other: `for await (const posts of pages(api, "/api/posts")) …`.
 *
 * @throws {PageError} if the API answers one of them with an error.
 */
export async function* pages<Path extends ListPath>(
  api: ApiClient,
  path: Path,
  query?: ListQuery<Path>,
  init: { signal?: AbortSignal } = {},
): AsyncGenerator<Item<Path>[], void, undefined> {
  for (let next: ListQuery | undefined = query ?? {}; next;) {
    const { data, error, response } = await api.GET(path as ListPath, { ...init, params: { query: next } });
    if (!data) {
      throw new PageError(error, response);
    }
    yield data as Item<Path>[];
    next = nextPage(response);
  }
}

/** A page of a list could not be had. */
export class PageError extends Error {
  override name = "PageError";

  constructor(
    /** The body of the error. */
    readonly error: unknown,
    readonly response: Response,
  ) {
    super(`${response.status} ${messageOf(error)}`);
  }
}

// RFC 8288, section 3: a target, and parameters whose values are tokens or quoted strings.
const PARAMETER = /;\s*([^\s=;,]+)\s*(?:=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s;,"]*)))?\s*/g;
const LINK = new RegExp(`<([^>]*)>\\s*((?:${PARAMETER.source})*)`, "g");

/** The target of the first link that has this relation. */
function linkTo(relation: string, header: string): string | undefined {
  for (const [, target, parameters = ""] of header.matchAll(LINK)) {
    for (const [, name, quoted, token = ""] of parameters.matchAll(PARAMETER)) {
      if (name?.toLowerCase() === "rel" && (quoted ?? token).toLowerCase().split(/\s+/).includes(relation)) {
        return target;
      }
    }
  }
  return undefined;
}
