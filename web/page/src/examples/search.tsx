import { useState } from "react";

import { api } from "../api";
import { Field } from "../parts/field";
import { answerOf } from "./answer";
import { Example } from "./example";

export function Search() {
  const [q, setQ] = useState("react");
  const [limit, setLimit] = useState("5");
  // As it was written, for the API says what a limit may be.
  const querySerializer = () => new URLSearchParams({ q, limit }).toString();
  return (
    <Example
      title="Query parameters"
      route="GET /api/search"
      send={() => answerOf(api.GET("/api/search", { querySerializer, parseAs: "text" }))}
    >
      {(issues) => (
        <>
          <Field label="q" value={q} onChange={setQ} />
          <Field label="limit" value={limit} onChange={setLimit} issue={issues.limit} />
        </>
      )}
    </Example>
  );
}
