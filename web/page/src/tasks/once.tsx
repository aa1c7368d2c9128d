import { useState } from "react";
import { idempotencyKey } from "routelet-client";

import { api } from "../api";
import { Field } from "../parts/field";
import { answerOf, type Answer } from "../examples/answer";
import { Example } from "../examples/example";

/** What a retry does, at will: one request twice, with one key. */
export function Once() {
  const [title, setTitle] = useState("Sent twice, made once");

  async function sendTwice(): Promise<Answer> {
    const params = { header: { "Idempotency-Key": idempotencyKey() } };
    const create = () => answerOf(api.POST("/api/tasks", { params, body: { title }, parseAs: "text" }));
    const [first, second] = [await create(), await create()];
    return { ...second, body: first.body === second.body ? `both times: ${second.body}` : second.body };
  }

  return (
    <Example
      title="A retry makes no second task"
      route="POST /api/tasks, twice"
      send={sendTwice}
      button="Send twice"
    >
      {(issues) => <Field label="title" value={title} onChange={setTitle} issue={issues.title} />}
    </Example>
  );
}
