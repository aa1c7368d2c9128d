import type { Failure } from "../failure";
import { openTokenDialog } from "../token/token-dialog";

/** Why something failed, and the way on where there is one. What stands beside a field is not said again. */
export function FailureText({ failure }: { failure: Failure | undefined }) {
  return (
    <div role="alert">
      {failure && Object.keys(failure.fields).length === 0 && (
        <p className="failure">
          {failure.text}
          {failure.kind === "unauthorized" && (
            <button type="button" className="plain" onClick={openTokenDialog}>
              Enter a token
            </button>
          )}
        </p>
      )}
    </div>
  );
}
