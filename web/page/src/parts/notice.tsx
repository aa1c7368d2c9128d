/** What has just been done, at the foot of the page and for screen readers. */

import { useEffect } from "react";

import { createStore, useStore } from "../store";

const LONGEST_MS = 8_000;

const notice = createStore<{ text: string } | undefined>(undefined);

export function notify(text: string): void {
  notice.set({ text });
}

export function Notice() {
  const shown = useStore(notice);
  useEffect(() => {
    if (shown) {
      const timer = setTimeout(() => notice.set(undefined), LONGEST_MS);
      return () => clearTimeout(timer);
    }
    return undefined;
  }, [shown]);
  return shown && <p className="bar">{shown.text}</p>;
}
