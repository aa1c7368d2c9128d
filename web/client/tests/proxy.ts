/** Something between client and API that fails as networks do, and notes every request. */

import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { afterAll, inject } from "vitest";

import { createClient, type ApiClient, type ApiClientOptions } from "./books";

export type Fault =
  /** The connection ends before the API has seen the request. */
  | "drop"
  /** The API does what it was asked, and its answer never arrives. */
  | "lose"
  /** As `lose`, after the headers and half of the body. */
  | "cut"
  /** As `lose`, but the connection stays open. */
  | "withhold"
  /** Another answer; the API sees the request if `made`. */
  | { made?: boolean; status: number; headers?: Record<string, string>; body: string };

export interface Seen {
  method: string;
  path: string;
  headers: IncomingMessage["headers"];
  body: string;
  at: number;
}

const open: (() => Promise<void>)[] = []; // until the file ends, for its tests run side by side

afterAll(async () => {
  await Promise.all(open.splice(0).map((close) => close()));
});

/** A client whose first requests meet these faults, one each, and what the proxy has seen. */
export async function faulty(
  faults: Fault[] = [],
  options: ApiClientOptions = {},
): Promise<{ api: ApiClient; url: string; seen: Seen[]; fail: (...more: Fault[]) => void }> {
  const left = [...faults];
  const seen: Seen[] = [];
  const server = createServer((request, response) => {
    pass(request, response, seen, left.shift()).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  open.push(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    api: createClient({ baseUrl: url, ...options }),
    url,
    seen,
    fail: (...more) => void left.push(...more),
  };
}

async function pass(
  request: IncomingMessage,
  response: ServerResponse,
  seen: Seen[],
  fault: Fault | undefined,
) {
  const { method = "", url: path = "", headers } = request;
  const body = await text(request);
  seen.push({ method, path, headers, body, at: Date.now() });
  if (fault === "drop") {
    request.socket.destroy();
    return;
  }
  if (typeof fault === "object" && !fault.made) {
    response.writeHead(fault.status, fault.headers).end(fault.body);
    return;
  }
  const { host: _host, connection: _connection, "content-length": _length, ...forwarded } = headers;
  const answer = await fetch(inject("apiUrl") + path, {
    method,
    headers: forwarded as Record<string, string>,
    redirect: "manual",
    ...(body === "" ? {} : { body }),
  });
  const answered = await answer.text();
  if (fault === "lose") {
    request.socket.destroy();
  } else if (fault === "cut") {
    response.writeHead(answer.status, Object.fromEntries(answer.headers));
    response.write(answered.slice(0, answered.length / 2), () => request.socket.destroy());
  } else if (typeof fault === "object") {
    response.writeHead(fault.status, fault.headers).end(fault.body);
  } else if (fault !== "withhold") {
    response.writeHead(answer.status, Object.fromEntries(answer.headers)).end(answered);
  }
}

/** The API's answer if it has done nothing. */
export const unavailable = (retryAfter?: string): Fault => ({
  status: 503,
  headers: json(retryAfter),
  body: '{"error":"Temporarily unavailable"}',
});

/** The API's answer if it can't know what it has done; here it has done it. */
export const unknown = (retryAfter?: string): Fault => ({
  made: true,
  status: 503,
  headers: json(retryAfter),
  body: '{"error":"The change may or may not have been made"}',
});

function json(retryAfter: string | undefined): Record<string, string> {
  return {
    "content-type": "application/json",
    ...(retryAfter === undefined ? {} : { "retry-after": retryAfter }),
  };
}
