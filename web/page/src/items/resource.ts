/** What a screen with a list needs of the API, and of what an item consists. */

import type { PageQuery } from "routelet-client";

import type { Outcome } from "../failure";

export interface Item {
  id: number;
  title: string;
}

/** An item as it was read, with the tag that names this version of it. */
export interface Version<It> {
  item: It;
  etag: string;
}

/** A field that a person writes in. */
export interface TextField {
  name: string;
  label: string;
  isLong?: boolean;
  isOptional?: boolean;
}

/** What is in a form, by the name of the field. */
export type Values = Record<string, string>;

export interface Resource<It extends Item> {
  /** What a person calls one. */
  name: string;
  fields: readonly TextField[];
  /** What a form begins with. */
  valuesOf: (item: It) => Values;
  /** What a form asks to be changed. */
  changesOf: (values: Values) => Partial<It>;

  list: (query: PageQuery, signal?: AbortSignal) => Promise<Outcome<It[]>>;
  get: (id: number) => Promise<Outcome<It>>;
  /** `key` is the `Idempotency-Key`: with the same one again, nothing more is made. */
  create: (values: Values, key: string) => Promise<Outcome<It>>;
  /** Changes the version with this tag and no other; without a tag, the last version that the client has seen. */
  change: (id: number, changes: Partial<It>, etag?: string) => Promise<Outcome<It>>;
  remove: (id: number, etag?: string) => Promise<Outcome<unknown>>;
}

/** The path parameter and, where there is a tag, `If-Match`. */
export function parametersOf(id: number, etag?: string) {
  return { path: { id }, ...(etag === undefined ? {} : { header: { "If-Match": etag } }) };
}

/** Reads the version that is there now. */
export async function read<It extends Item>(
  resource: Resource<It>,
  id: number,
): Promise<Outcome<Version<It>>> {
  const { data: item, response, failure } = await resource.get(id);
  return failure ? { failure } : { data: { item, etag: response.headers.get("etag") ?? "" }, response };
}
