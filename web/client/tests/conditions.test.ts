import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";

import { createClient, type ApiClient } from "./books";
import { Recent } from "../src/recent";
import { faulty } from "./proxy";

async function label(api: ApiClient) {
  const { data, response } = await api.POST("/labels", { body: { title: randomUUID() } });
  return { params: { path: { id: data!.id } }, etag: response.headers.get("etag"), label: data! };
}

test("a change is of the version that the last answer had: of a create, a change, a read", async () => {
  const { api, seen } = await faulty();
  const { params, etag } = await label(api);
  const changed = await api.PATCH("/labels/{id}", { params, body: { note: "Mine" } });
  await api.PUT("/labels/{id}", { params, body: { title: "Other" } });
  const read = await api.GET("/labels/{id}", { params });
  await api.DELETE("/labels/{id}", { params });
  const sent = seen.map(({ headers }) => headers["if-match"]);
  expect(sent).toEqual([
    undefined,
    etag,
    changed.response.headers.get("etag"),
    undefined,
    read.response.headers.get("etag"),
  ]);
  expect(read.data).toMatchObject({ title: "Other" });
});

test("somebody else's change is not written over, also when saved again; after a read it can be", async () => {
  const { api, url } = await faulty();
  const other = createClient({ baseUrl: url });
  const { params } = await label(api);
  await other.PUT("/labels/{id}", { params, body: { title: "Theirs" } });
  for (const _ of [1, 2]) {
    const { error, response } = await api.PUT("/labels/{id}", { params, body: { title: "Mine" } });
    expect(response.status).toBe(412);
    expect(error).toEqual({ error: "Precondition failed" });
  }
  expect((await api.GET("/labels/{id}", { params })).data?.title).toBe("Theirs");
  expect((await api.PUT("/labels/{id}", { params, body: { title: "Mine" } })).data?.title).toBe("Mine");
});

test("the caller's own condition stays, and a star writes over any version", async () => {
  const { api, url, seen } = await faulty();
  const { params, etag } = await label(api);
  await createClient({ baseUrl: url }).PUT("/labels/{id}", { params, body: { title: "Theirs" } });
  await api.GET("/labels/{id}", { params });
  const old = await api.PUT("/labels/{id}", {
    params: { ...params, header: { "If-Match": etag! } },
    body: { title: "Mine" },
  });
  expect(old.response.status).toBe(412);
  const any = await api.PUT("/labels/{id}", {
    params: { ...params, header: { "If-Match": "*" } },
    body: { title: "Mine" },
  });
  expect(any.data?.title).toBe("Mine");
  const not = await api.PATCH("/labels/{id}", {
    params: { ...params, header: { "If-None-Match": "*" } },
    body: { title: "No" },
  });
  expect(not.response.status).toBe(412);
  expect(seen.at(-1)?.headers["if-match"]).toBeUndefined();
});

test("what has not changed is not sent twice, and reads the same", async () => {
  const { api, seen } = await faulty();
  const { params, etag, label: created } = await label(api);
  for (const _ of [1, 2]) {
    const { data, response } = await api.GET("/labels/{id}", { params });
    expect(data).toEqual(created);
    expect(response.status).toBe(200);
    expect(response.headers.get("etag")).toBe(etag);
    expect(response.headers.get("cache-control")).toBe("private, no-cache");
    expect(seen.at(-1)?.headers["if-none-match"]).toBe(etag);
  }
  await api.GET("/labels/{id}", { params, cache: "no-store" });
  expect(seen.at(-1)?.headers["if-none-match"]).toBeUndefined();
});

test("the caller's own 304 is a 304", async () => {
  const { api } = await faulty();
  const { params, etag } = await label(api);
  const { response } = await api.GET("/labels/{id}", {
    params: { ...params, header: { "If-None-Match": etag! } },
  });
  expect(response.status).toBe(304);
});

test("what is deleted is forgotten", async () => {
  const { api, url, seen } = await faulty();
  const mine = await label(api);
  await api.DELETE("/labels/{id}", { params: mine.params });
  const theirs = await label(api);
  await createClient({ baseUrl: url }).DELETE("/labels/{id}", { params: theirs.params });
  await api.GET("/labels/{id}", { params: theirs.params });
  for (const { params } of [mine, theirs]) {
    expect((await api.GET("/labels/{id}", { params })).response.status).toBe(404);
    expect(seen.at(-1)?.headers["if-none-match"]).toBeUndefined();
  }
});

test("one token does not get what another one was told", async () => {
  let token = "jane";
  const { api, seen } = await faulty([], { token: () => token });
  const { params } = await label(api);
  token = "john";
  await api.GET("/labels/{id}", { params });
  expect(seen.at(-1)?.headers["if-none-match"]).toBeUndefined();
  await api.GET("/labels/{id}", { params });
  expect(seen.at(-1)?.headers["if-none-match"]).toBeDefined();
});

test("a change is of the version that was seen, also with a new token", async () => {
  let token = "old";
  const { api, url } = await faulty([], { token: () => token });
  const { params } = await label(api);
  await createClient({ baseUrl: url }).PUT("/labels/{id}", { params, body: { title: "Theirs" } });
  token = "new";
  const { response } = await api.PUT("/labels/{id}", { params, body: { title: "Mine" } });
  expect(response.status).toBe(412);
});

test("memory has an end: what was not used for longest goes first", () => {
  const recent = new Recent<string>(10, (value) => value.length);
  recent.set("a", "12345");
  recent.set("b", "12345");
  recent.get("a");
  recent.set("c", "1");
  expect([recent.get("a"), recent.get("b"), recent.get("c")]).toEqual(["12345", undefined, "1"]);
  recent.set("a", "1234");
  recent.set("d", "12345");
  expect([recent.get("a"), recent.get("c"), recent.get("d")]).toEqual(["1234", "1", "12345"]);
  recent.set("e", "12345678901");
  expect([recent.get("a"), recent.get("e")]).toEqual(["1234", undefined]);
});
