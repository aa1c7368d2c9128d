import { useState } from "react";

import { api } from "../api";
import { Field } from "../parts/field";
import { answerOf } from "./answer";
import { Example } from "./example";

export function Echo() {
  const [body, setBody] = useState('{"b": 1.10, "a": 12345678901234567890}');
  // As it was written: `JSON.stringify` would round the numbers, and quote what is no JSON.
  const bodySerializer = () => body;
  return (
    <Example
      title="JSON body"
      route="POST /api/echo"
      send={() => answerOf(api.POST("/api/echo", { body, bodySerializer, parseAs: "text" }))}
    >
      {() => <Field label="JSON" value={body} onChange={setBody} isLong />}
    </Example>
  );
}
