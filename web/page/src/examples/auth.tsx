import { useState } from "react";

import { api } from "../api";
import { Field } from "../parts/field";
import { answerOf } from "./answer";
import { Example } from "./example";

export function Authorization() {
  const [header, setHeader] = useState("Bearer anything");
  const headers = header === "" ? {} : { authorization: header };
  return (
    <Example
      title="Headers"
      route="GET /api/auth"
      send={() => answerOf(api.GET("/api/auth", { headers, parseAs: "text" }))}
    >
      {() => <Field label="Authorization" value={header} onChange={setHeader} />}
    </Example>
  );
}

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
