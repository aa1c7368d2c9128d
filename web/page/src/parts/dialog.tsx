import { useId, useLayoutEffect, useRef, type ReactNode } from "react";

import { Connection } from "./connection";

/**
 * A modal dialog. The browser keeps the focus in it, closes it with Escape, and gives the focus back to where it was.
 */
export function Dialog({
  title,
  onClose,
  children,
}: {
  title: string;
  onClose: () => void;
  children: ReactNode;
}) {
  const dialog = useRef<HTMLDialogElement>(null);
  const heading = useId();
  // Before it leaves the document, for only then does the browser give the focus back.
  useLayoutEffect(() => {
    const element = dialog.current;
    element?.showModal();
    return () => element?.close();
  }, []);
  // Escape asks to close: whether it is open is the parent's to say.
  const cancel = (event: { preventDefault: () => void }) => {
    event.preventDefault();
    onClose();
  };
  return (
    <dialog ref={dialog} aria-labelledby={heading} onCancel={cancel}>
      <h2 id={heading}>{title}</h2>
      {children}
      {/* The bars at the foot of the page are out of reach while it is open. */}
      <div role="status">
        <Connection />
      </div>
    </dialog>
  );
}
