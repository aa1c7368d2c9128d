import { Dialog } from "../parts/dialog";
import type { Failure } from "../failure";
import { FailureText } from "../parts/failure-text";
import { LongText } from "../parts/long-text";
import { useSubmit } from "../parts/use-submit";
import type { Item, Resource, TextField, Values } from "./resource";

/** Two people have changed one item: both versions, and the choice. */
export function ConflictDialog<It extends Item>({
  resource: { name, fields, valuesOf },
  mine,
  theirs,
  onKeepMine,
  onTakeTheirs,
  onClose,
}: {
  resource: Resource<It>;
  mine: Values;
  theirs: It;
  onKeepMine: () => Promise<Failure | undefined>;
  onTakeTheirs: () => void;
  onClose: () => void;
}) {
  const { failure, isSending, formProps } = useSubmit(onKeepMine);
  const other = valuesOf(theirs);
  const differing = new Set(fields.filter(({ name }) => mine[name] !== other[name]).map(({ name }) => name));
  return (
    <Dialog title={`Somebody else has changed this ${name}`} onClose={onClose}>
      <p>Your change is not saved. Which version should stay?</p>
      <div className="versions">
        <VersionOf whose="Yours" values={mine} fields={fields} differing={differing} />
        <VersionOf whose="Theirs" values={other} fields={fields} differing={differing} />
      </div>
      <form {...formProps}>
        <FailureText failure={failure} />
        <div className="actions">
          <button type="submit" className="main" aria-disabled={isSending}>
            Keep mine
          </button>
          <button type="button" onClick={onTakeTheirs}>
            Take theirs
          </button>
          <button type="button" onClick={onClose}>
            Keep editing
          </button>
        </div>
      </form>
    </Dialog>
  );
}

function VersionOf({
  whose,
  values,
  fields,
  differing,
}: {
  whose: string;
  values: Values;
  fields: readonly TextField[];
  differing: Set<string>;
}) {
  return (
    <section aria-label={whose}>
      <h3>{whose}</h3>
      <dl>
        {fields.map(({ name, label }) => (
          <div key={name} className={differing.has(name) ? "differs" : undefined}>
            <dt>
              {label}
              {differing.has(name) && <span className="unseen"> (differs)</span>}
            </dt>
            <dd>{values[name] ? <LongText text={values[name]} /> : <i>empty</i>}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
