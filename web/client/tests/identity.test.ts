import { expect, test, vi } from "vitest";

import { idempotencyKey } from "./books";
import { faulty } from "./proxy";

test("the token goes with each call, and is asked for each time", async () => {
  const token = vi.fn(async () => `token-${token.mock.calls.length}`);
  const { api, seen } = await faulty([], { token });
  await api.GET("/greeting");
  await api.GET("/greeting");
  expect(seen.map(({ headers }) => headers.authorization)).toEqual(["Bearer token-1", "Bearer token-2"]);
});

test("without a token none is sent, and the caller's own stays", async () => {
  const { api, seen } = await faulty([], { token: () => undefined });
  await api.GET("/greeting");
  await api.GET("/greeting", { headers: { Authorization: "Bearer mine" } });
  expect(seen.map(({ headers }) => headers.authorization)).toEqual([undefined, "Bearer mine"]);
  const other = await faulty([], { token: () => "another" });
  await other.api.GET("/greeting", { headers: { Authorization: "Bearer mine" } });
  expect(other.seen[0]?.headers.authorization).toBe("Bearer mine");
});

test("each create has a key of its own, and nothing else has one", async () => {
  const { api, seen } = await faulty();
  for (const _ of [1, 2]) {
    await api.POST("/labels", { body: { title: "Keyed" } });
  }
  await api.POST("/echo", { body: {} });
  const [first, second, echo] = seen.map(({ headers }) => headers["idempotency-key"]);
  expect(first).toMatch(/^[0-9a-f-]{36}$/);
  expect(second).toMatch(/^[0-9a-f-]{36}$/);
  expect(first).not.toBe(second);
  expect(echo).toBeUndefined();
});

test("the caller's own key makes one item of two calls", async () => {
  const { api } = await faulty();
  const create = () =>
    api.POST("/labels", { params: { header: { "Idempotency-Key": key } }, body: { title: "Once" } });
  const key = idempotencyKey();
  const [one, two] = [await create(), await create()];
  expect(one.data?.id).toBe(two.data?.id);
  expect(two.response.headers.get("idempotency-replayed")).toBe("true");
});

test.sequential("a page that is no secure context gets keys, too", () => {
  vi.stubGlobal("crypto", { getRandomValues: crypto.getRandomValues.bind(crypto) });
  try {
    const keys = Array.from({ length: 100 }, idempotencyKey);
    expect(new Set(keys).size).toBe(100);
    expect(keys[0]).toMatch(/^[0-9a-f]{32}$/);
  } finally {
    vi.unstubAllGlobals();
  }
});
