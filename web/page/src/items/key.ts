import { useState } from "react";
import { idempotencyKey } from "routelet-client";

/**
 * The `Idempotency-Key` of a form: the same for as long as the form has the same content, so that whoever presses the
 * button again, because no answer came, makes one item still. Another content would be refused with it.
 */
export function useIdempotencyKey() {
  const [form] = useState(() => {
    let key = "";
    let content: string | undefined;
    return {
      keyFor(draft: unknown): string {
        const text = JSON.stringify(draft);
        if (text !== content) {
          content = text;
          key = idempotencyKey();
        }
        return key;
      },
      /** It was made: the same content again is another item. */
      done(): void {
        content = undefined;
      },
    };
  });
  return form;
}
