import { useEffect, useRef, useState, type FormEvent } from "react";

import type { Failure } from "../failure";

/** Sends a form, once at a time. After a failure the focus goes to the first field that has an issue. */
export function useSubmit(send: () => Promise<Failure | undefined>) {
  const form = useRef<HTMLFormElement>(null);
  const [isSending, setSending] = useState(false);
  const [failure, setFailure] = useState<Failure>();

  useEffect(() => {
    if (failure) {
      form.current?.querySelector<HTMLElement>("[aria-invalid=true]")?.focus();
    }
  }, [failure]);

  async function onSubmit(event: FormEvent) {
    event.preventDefault();
    if (isSending) {
      return;
    }
    setSending(true);
    try {
      setFailure(await send());
    } finally {
      setSending(false);
    }
  }

  // The API is the one that judges the fields, so the browser does not.
  return { failure, isSending, formProps: { ref: form, onSubmit, noValidate: true } };
}
