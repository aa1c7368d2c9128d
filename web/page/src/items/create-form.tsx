import { useRef, useState } from "react";

import type { Failure } from "../failure";
import { FailureText } from "../parts/failure-text";
import { Fields } from "../parts/fields";
import { useSubmit } from "../parts/use-submit";
import { useIdempotencyKey } from "./key";
import type { Item, Resource, Values } from "./resource";

/** The form for a new item. It keeps what was written until the API has taken it. */
export function CreateForm<It extends Item>({
  resource,
  label,
  onCreated,
}: {
  resource: Resource<It>;
  label: string;
  onCreated: (item: It, wasReplayed: boolean) => void;
}) {
  const [values, setValues] = useState<Values>({});
  const key = useIdempotencyKey();
  const first = useRef<HTMLDivElement>(null);
  const { failure, isSending, formProps } = useSubmit(create);

  async function create(): Promise<Failure | undefined> {
    const { data, response, failure } = await resource.create(values, key.keyFor(values));
    if (failure) {
      return sendAgain(failure, resource.name);
    }
    key.done();
    setValues({});
    first.current?.querySelector("input")?.focus();
    onCreated(data, response.headers.get("idempotency-replayed") === "true");
    return undefined;
  }

  return (
    <form {...formProps} className="card" aria-label={label}>
      <div ref={first} className="fields">
        <Fields fields={resource.fields} values={values} onChange={setValues} failure={failure} />
      </div>
      <FailureText failure={failure} />
      <button type="submit" className="main" aria-disabled={isSending}>
        {label}
      </button>
    </form>
  );
}

/** A create of which nobody knows can be sent again without a second thought. */
function sendAgain(failure: Failure, name: string): Failure {
  return failure.kind === "unknown"
    ? { ...failure, text: `${failure.text} Sent again, it has the same key and makes one ${name} at most.` }
    : failure;
}
