/** Where a person enters the bearer token. */

import { useState, type FormEvent } from "react";

import { token } from "../api";
import { Dialog } from "../parts/dialog";
import { Field } from "../parts/field";
import { notify } from "../parts/notice";
import { createStore, useStore } from "../store";

const isOpen = createStore(false);

export function openTokenDialog(): void {
  isOpen.set(true);
}

export function TokenButton() {
  const isSet = useStore(token) !== undefined;
  return (
    <button type="button" className="plain" aria-haspopup="dialog" onClick={openTokenDialog}>
      {isSet ? "Token set" : "Token"}
    </button>
  );
}

export function TokenDialog() {
  return useStore(isOpen) && <OpenDialog />;
}

function OpenDialog() {
  const current = useStore(token);
  const [text, setText] = useState(current ?? "");
  const [issue, setIssue] = useState<string>();
  const close = () => isOpen.set(false);

  function use(event: FormEvent) {
    event.preventDefault();
    const bearer = text.trim().replace(/^bearer\s+/i, "");
    if (!/^[\x21-\x7e]+$/.test(bearer)) {
      setIssue("A token is one word without spaces");
      return;
    }
    token.set(bearer);
    close();
    notify("The token is sent with each request from now on.");
  }

  function forget() {
    token.set(undefined);
    close();
    notify("The token is forgotten.");
  }

  return (
    <Dialog title="Token" onClose={close}>
      <form onSubmit={use} noValidate>
        <p>Changes need a token if this API has keys. Without a configuration it has none.</p>
        <Field
          label="Bearer token"
          value={text}
          onChange={setText}
          issue={issue}
          hint="Kept in memory: it is forgotten when you load the page again or close it."
          isSecret
        />
        <div className="actions">
          <button type="submit" className="main">
            Use token
          </button>
          {current !== undefined && (
            <button type="button" onClick={forget}>
              Forget it
            </button>
          )}
          <button type="button" onClick={close}>
            Cancel
          </button>
        </div>
      </form>
    </Dialog>
  );
}
