import { api } from "../api";
import { answerOf } from "./answer";
import { Example } from "./example";

export function Hello() {
  return (
    <Example
      title="Hello"
      route="GET /api/hello"
      send={() => answerOf(api.GET("/api/hello", { parseAs: "text" }))}
    />
  );
}
