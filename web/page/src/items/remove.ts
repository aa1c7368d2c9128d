/** Deleting an item that others may be changing or deleting, over a network that may lose answers. */

import { failure as because, type Failure } from "../failure";
import { read, type Item, type Resource, type Version } from "./resource";

export type Removed<It> =
  | { is: "removed" }
  /** Somebody else was quicker. */
  | { is: "gone" }
  /** Somebody has changed it since it was last seen here. Nothing was deleted. */
  | { is: "changed"; theirs: Version<It> }
  | { is: "failed"; failure: Failure };

export async function remove<It extends Item>(
  resource: Resource<It>,
  id: number,
  etag?: string,
): Promise<Removed<It>> {
  const { failure } = await resource.remove(id, etag);
  if (!failure) {
    return { is: "removed" };
  }
  switch (failure.kind) {
    case "gone":
      return { is: "gone" };
    case "changed":
    case "unknown":
      return look(resource, id, failure);
    default:
      return { is: "failed", failure };
  }
}

async function look<It extends Item>(resource: Resource<It>, id: number, why: Failure): Promise<Removed<It>> {
  const now = await read(resource, id);
  if (now.failure) {
    // After an answer that got lost, nobody can tell who has deleted it; it is what was asked for.
    return now.failure.kind === "gone" ? { is: "removed" } : { is: "failed", failure: why };
  }
  return why.kind === "changed"
    ? { is: "changed", theirs: now.data }
    : { is: "failed", failure: because("other", "It was not deleted. You can try again.") };
}
