import { api } from "../api";
import { answerOf } from "./answer";
import { Example } from "./example";

export function Token() {
  return (
    <Example
      title="Your token"
      route="POST /api/auth"
      send={() => answerOf(api.POST("/api/auth", { parseAs: "text" }))}
    >
      {() => <p className="hint">Checks the token that is set on top. An API without keys accepts none.</p>}
    </Example>
  );
}
