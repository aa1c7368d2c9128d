/** What went over the wire: each request with its answer, each repeat on its own. */

import { createStore } from "../store";

export interface Exchange {
  id: number;
  method: string;
  path: string;
  /** Undefined until there is an answer; `lost` if none came. */
  status?: number | "lost";
  milliseconds?: number;
  /** The headers that say what this API is about, such as `If-Match`. */
  headers: readonly (readonly [name: string, value: string])[];
}

const MOST = 20;
const SENT = ["Idempotency-Key", "If-Match", "If-None-Match"];
const RECEIVED = ["ETag", "Idempotency-Replayed", "Retry-After", "Link"];

export const exchanges = createStore<readonly Exchange[]>([]);
let last = 0;

/** `fetch` that keeps a record. */
export async function recorded(request: Request): Promise<Response> {
  last += 1;
  const id = last;
  const { pathname, search } = new URL(request.url);
  const sent = { id, method: request.method, path: pathname + search, headers: pick(request.headers, SENT) };
  exchanges.set([sent, ...exchanges.get()].slice(0, MOST));

  const start = performance.now();
  const end = (answer: Pick<Exchange, "status" | "headers">) => {
    const ended = { ...sent, ...answer, milliseconds: Math.round(performance.now() - start) };
    exchanges.set(exchanges.get().map((other) => (other.id === id ? ended : other)));
  };
  try {
    const response = await fetch(request);
    end({ status: response.status, headers: [...sent.headers, ...pick(response.headers, RECEIVED)] });
    return response;
  } catch (cause) {
    end({ status: "lost", headers: sent.headers });
    throw cause;
  }
}

function pick(headers: Headers, names: string[]): [string, string][] {
  return names.flatMap((name) => {
    const value = headers.get(name);
    return value === null ? [] : [[name, value]];
  });
}
