import { useState } from "react";

import type { Failure } from "../failure";
import { Dialog } from "../parts/dialog";
import { FailureText } from "../parts/failure-text";
import { useSubmit } from "../parts/use-submit";
import { remove } from "./remove";
import type { Item, Resource, Version } from "./resource";

/** Asks before an item is deleted: there is no undo, for an item that is made again has another id. */
export function DeleteDialog<It extends Item>({
  resource,
  item,
  onRemoved,
  onChanged,
  onClose,
}: {
  resource: Resource<It>;
  item: It;
  onRemoved: (by: "me" | "somebody else") => void;
  /** Somebody has changed it: this is what is there now. */
  onChanged: (theirs: It) => void;
  onClose: () => void;
}) {
  const [theirs, setTheirs] = useState<Version<It>>();
  const { failure, isSending, formProps } = useSubmit(ask);

  async function ask(): Promise<Failure | undefined> {
    const removed = await remove(resource, item.id, theirs?.etag);
    switch (removed.is) {
      case "removed":
        onRemoved("me");
        return undefined;
      case "gone":
        onRemoved("somebody else");
        return undefined;
      case "changed":
        setTheirs(removed.theirs);
        onChanged(removed.theirs.item);
        return undefined;
      case "failed":
        return removed.failure;
    }
  }

  return (
    <Dialog title={`Delete this ${resource.name}?`} onClose={onClose}>
      <form {...formProps}>
        <p className="quoted">{item.title}</p>
        <p role="status">
          {theirs
            ? "Somebody has changed it since you saw it. This is the version that is there now."
            : "This can't be undone."}
        </p>
        <FailureText failure={failure} />
        <div className="actions">
          <button type="button" onClick={onClose}>
            Cancel
          </button>
          <button type="submit" className="danger" aria-disabled={isSending}>
            {theirs ? "Delete it anyway" : "Delete"}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
