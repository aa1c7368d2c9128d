/** Lists answer in pages; `Link` has the query of the next one (RFC 8288). */

import type { Client } from "openapi-fetch";

import { messageOf } from "./errors";
import type { PathTaking } from "./taking";

/** The paths whose `GET` answers pages: those that take a `cursor`. */
export type ListPath<Paths> = PathTaking<Paths, "get", "query", "cursor">;

/** The query of a list. */
export type ListQuery<Paths, Path extends ListPath<Paths>> = Paths[Path] extends {
  get: { parameters: { query?: infer Query } };
}
  ? NonNullable<Query>
  : never;

/** An item of a list. */
export type Item<Paths, Path extends ListPath<Paths>> = Paths[Path] extends {
  get: { responses: { 200: { content: { "application/json": (infer It)[] } } } };
}
  ? It
  : never;

/** What every list takes. A filter that the list had is in the query as well, for `Link` repeats it. */
export interface PageQuery {
  limit?: number;
  cursor?: string;
}

/** The query of the page after this one; undefined after the last. */
export function nextPage(response: Response): PageQuery | undefined {
  const target = linkTo("next", response.headers.get("link") ?? "");
  if (target === undefined) {
    return undefined;
  }
  // Any origin will do, for only the query counts.
  const { limit, ...rest } = Object.fromEntries(new URL(target, "http://localhost").searchParams);
  return limit === undefined ? rest : { ...rest, limit: Number(limit) };
}

/** `GET` of a list, whichever it is. */
type GetList<It> = (
  path: unknown,
  init: { signal?: AbortSignal; params: { query: object } },
) => Promise<{ data?: It[]; error?: unknown; response: Response }>;

/**
 * All pages of a list, one after the other: `for await (const page of pages(api, "/api/…")) …`.
 *
 * @throws {PageError} if the API answers one of them with an error.
 */
// `const`, or a path would be inferred as any string, which is none of them.
export async function* pages<Paths extends {}, const Path extends ListPath<Paths>>(
  api: Client<Paths>,
  path: Path,
  query?: ListQuery<Paths, Path>,
  init: { signal?: AbortSignal } = {},
): AsyncGenerator<Item<Paths, Path>[], void, undefined> {
  const get = api.GET as unknown as GetList<Item<Paths, Path>>;
  for (let next: object | undefined = query ?? {}; next;) {
    const { data, error, response } = await get(path, { ...init, params: { query: next } });
    if (!data) {
      throw new PageError(error, response);
    }
    yield data;
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
