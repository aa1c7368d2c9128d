/** The requests that this page made, beside what they did. */

import { useStore } from "../store";
import { exchanges, type Exchange } from "./exchanges";

export function Wire() {
  const all = useStore(exchanges);
  return (
    <aside className="wire" aria-labelledby="wire">
      <h2 id="wire">Requests of this page</h2>
      {all.length === 0 ? (
        <p>None yet.</p>
      ) : (
        <ol reversed>
          {all.map((exchange) => (
            <Line key={exchange.id} exchange={exchange} />
          ))}
        </ol>
      )}
    </aside>
  );
}

function Line({ exchange: { method, path, status, milliseconds, headers } }: { exchange: Exchange }) {
  const isBad = status === "lost" || (status !== undefined && status >= 400);
  return (
    <li>
      <p className="exchange">
        <b>{method}</b> <span>{path}</span>
        <span className={isBad ? "status bad" : "status"}>
          {status ?? "…"}
          {milliseconds !== undefined && <small> {milliseconds} ms</small>}
        </span>
      </p>
      {headers.map(([name, value]) => (
        <p className="header" key={name}>
          {name}: {value}
        </p>
      ))}
    </li>
  );
}
