/** Changing an item that others may be changing, over a network that may lose answers. */

import { failure, type Failure } from "../failure";
import { read, type Item, type Resource, type Version } from "./resource";

export type Saved<It> =
  | { is: "saved"; item: It }
  /** Somebody has deleted it. */
  | { is: "gone" }
  /** Somebody has changed it since the version that was edited. Nothing was written. */
  | { is: "changed"; theirs: Version<It> }
  | { is: "failed"; failure: Failure };

/** Makes the changes to this version of the item. */
export async function save<It extends Item>(
  resource: Resource<It>,
  base: Version<It>,
  changes: Partial<It>,
): Promise<Saved<It>> {
  const sent = await resource.change(base.item.id, changes, base.etag);
  if (!sent.failure) {
    return { is: "saved", item: sent.data };
  }
  switch (sent.failure.kind) {
    case "gone":
      return { is: "gone" };
    case "changed":
    case "unknown":
      return compare(resource, base, changes, sent.failure);
    default:
      return { is: "failed", failure: sent.failure };
  }
}

/**
 * Looks at what is there, since the answer does not tell. Not even a 412 does: if its connection breaks, a browser may
 * send a request a second time, and then it was the first one that has changed the tag.
 */
async function compare<It extends Item>(
  resource: Resource<It>,
  base: Version<It>,
  changes: Partial<It>,
  why: Failure,
): Promise<Saved<It>> {
  const now = await read(resource, base.item.id);
  if (now.failure) {
    return now.failure.kind === "gone" ? { is: "gone" } : { is: "failed", failure: why };
  }
  if (has(now.data.item, changes)) {
    return { is: "saved", item: now.data.item };
  }
  if (now.data.etag === base.etag) {
    return { is: "failed", failure: failure("other", "The change was not made. You can save it again.") };
  }
  return { is: "changed", theirs: now.data };
}

export function has<It extends Item>(item: It, changes: Partial<It>): boolean {
  return Object.entries(changes).every(([name, value]) => item[name as keyof It] === value);
}
