import { useState, type ReactNode } from "react";
import { flushSync } from "react-dom";

import type { Failure } from "../failure";
import { FailureText } from "../parts/failure-text";
import { notify } from "../parts/notice";
import { DeleteDialog } from "./delete-dialog";
import { EditForm } from "./edit-form";
import { read, type Item, type Resource, type Version } from "./resource";

/** One item of a list: what it shows, or the form in its place, and what can be done with it. */
export function Row<It extends Item>({
  resource,
  item,
  onChange,
  onGone,
  children,
}: {
  resource: Resource<It>;
  item: It;
  onChange: (item: It) => void;
  onGone: () => void;
  /** What is shown. It calls back if it finds that the item is not there any more. */
  children: (onGone: () => void) => ReactNode;
}) {
  const [edited, setEdited] = useState<Version<It>>();
  const [isDeleting, setDeleting] = useState(false);
  const [isOpening, setOpening] = useState(false);
  const [failure, setFailure] = useState<Failure>();
  const { name } = resource;

  /** The list may be old, and has no tags: what is edited is the version of this moment. */
  async function edit() {
    if (isOpening) {
      return;
    }
    setOpening(true);
    const { data, failure } = await read(resource, item.id);
    setOpening(false);
    if (failure?.kind === "gone") {
      findGone();
      return;
    }
    setFailure(failure);
    setEdited(data);
  }

  function close(shown: It) {
    flushSync(() => {
      onChange(shown);
      setEdited(undefined);
    });
    document.getElementById(buttonId("edit"))?.focus();
  }

  function findGone() {
    leave(`Somebody else has deleted this ${name}.`);
  }

  function leave(text: string) {
    onGone();
    notify(text);
  }

  const buttonId = (action: string) => `${action}-${name}-${item.id}`;
  return (
    <li className="card" id={rowId(resource, item)} tabIndex={-1} aria-label={item.title}>
      {edited ? (
        <EditForm
          resource={resource}
          base={edited}
          onSaved={(saved) => {
            close(saved);
            notify(`The ${name} is saved.`);
          }}
          onGone={() => leave(`Not saved: somebody else has deleted this ${name}.`)}
          onClose={close}
        />
      ) : (
        <>
          {children(findGone)}
          <div className="actions">
            <button type="button" id={buttonId("edit")} aria-disabled={isOpening} onClick={edit}>
              Edit<span className="unseen"> {item.title}</span>
            </button>
            <button type="button" aria-haspopup="dialog" onClick={() => setDeleting(true)}>
              Delete<span className="unseen"> {item.title}</span>
            </button>
          </div>
          <FailureText failure={failure} />
        </>
      )}
      {isDeleting && (
        <DeleteDialog
          resource={resource}
          item={item}
          onRemoved={(by) =>
            leave(by === "me" ? `The ${name} is deleted.` : `Somebody else had deleted this ${name}.`)
          }
          onChanged={onChange}
          onClose={() => setDeleting(false)}
        />
      )}
    </li>
  );
}

export function rowId<It extends Item>({ name }: Resource<It>, { id }: Item): string {
  return `${name}-${id}`;
}
