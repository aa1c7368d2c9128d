import { useEffect, useRef, useState } from "react";

import type { Failure } from "../failure";
import { FailureText } from "../parts/failure-text";
import { Fields } from "../parts/fields";
import { useSubmit } from "../parts/use-submit";
import { ConflictDialog } from "./conflict-dialog";
import type { Item, Resource, Version } from "./resource";
import { save } from "./save";

/** The form for an item that is there, in its place in the list. */
export function EditForm<It extends Item>({
  resource,
  base,
  onSaved,
  onGone,
  onClose,
}: {
  resource: Resource<It>;
  /** The version that is edited. */
  base: Version<It>;
  onSaved: (item: It) => void;
  onGone: () => void;
  onClose: (shown: It) => void;
}) {
  const [values, setValues] = useState(() => resource.valuesOf(base.item));
  const [theirs, setTheirs] = useState<Version<It>>();
  const [isAsking, setAsking] = useState(false);
  const fields = useRef<HTMLDivElement>(null);
  const { failure, isSending, formProps } = useSubmit(() => saveOver(base));

  useEffect(() => fields.current?.querySelector("input")?.focus(), []);

  async function saveOver(version: Version<It>): Promise<Failure | undefined> {
    const saved = await save(resource, version, resource.changesOf(values));
    switch (saved.is) {
      case "saved":
        onSaved(saved.item);
        return undefined;
      case "gone":
        onGone();
        return undefined;
      case "changed":
        setTheirs(saved.theirs);
        setAsking(true);
        return undefined;
      case "failed":
        return saved.failure;
    }
  }

  return (
    <>
      <form {...formProps} aria-label={`Edit ${base.item.title}`}>
        <div ref={fields} className="fields">
          <Fields fields={resource.fields} values={values} onChange={setValues} failure={failure} />
        </div>
        <FailureText failure={failure} />
        <div className="actions">
          <button type="submit" className="main" aria-disabled={isSending}>
            Save
          </button>
          <button type="button" onClick={() => onClose((theirs ?? base).item)}>
            Cancel
          </button>
        </div>
      </form>
      {theirs && isAsking && (
        <ConflictDialog
          resource={resource}
          mine={values}
          theirs={theirs.item}
          onKeepMine={() => saveOver(theirs)}
          onTakeTheirs={() => onClose(theirs.item)}
          onClose={() => setAsking(false)}
        />
      )}
    </>
  );
}
