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
