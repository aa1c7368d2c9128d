import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";

import type { ApiClient, Retry } from "./books";
import { waitBefore } from "../src/retry-after";
import { faulty, unavailable, unknown, type Fault } from "./proxy";

const UNKNOWN = { error: "The change may or may not have been made" };
const gateway: Fault = {
  made: true,
  status: 503,
  headers: { "content-type": "application/json" },
  body: '{"message":"Service Unavailable"}',
};
const throttled: Fault = {
  status: 429,
  headers: { "content-type": "application/json" },
  body: '{"message":"Too Many Requests"}',
};

/** A book by an author whom no other test has. */
function book(author: string = randomUUID()) {
  return { title: "Retries", author };
}

async function created(api: ApiClient) {
  const { data } = await api.POST("/books", { body: book() });
  return { path: { id: data!.id } };
}

async function count(api: ApiClient, author: string): Promise<number> {
  const { data } = await api.GET("/books", { params: { query: { author } } });
  return data!.length;
}

describe("a create", () => {
  test.each<[string, ...Fault[]]>([
    ["a request", "drop"],
    ["an answer", "lose"],
    ["half of an answer", "cut"],
    ["three answers", "lose", "cut", "lose"],
    ["what the database said, then a request", unknown(), "drop"],
    ["an answer, and before it was none to be had", unavailable(), "lose"],
    ["what the function said", gateway],
    ["what the function said after 30 seconds", { ...gateway, status: 504 }],
  ])("makes one book if this gets lost: %s", async (_, ...faults) => {
    const { api, seen } = await faulty(faults);
    const body = book();
    const { data, response } = await api.POST("/books", { body });
    expect(response.status).toBe(201);
    expect(data).toMatchObject(body);
    expect(seen).toHaveLength(faults.length + 1);
    expect(new Set(seen.map(({ headers }) => headers["idempotency-key"])).size).toBe(1);
    expect(new Set(seen.map((request) => request.body))).toEqual(new Set([JSON.stringify(body)]));
    expect(await count(api, body.author)).toBe(1);
  });

  test("is sent again if its answer does not come in time", async () => {
    const { api, seen } = await faulty(["withhold"], { timeout: 1000 });
    const body = book();
    expect((await api.POST("/books", { body })).response.status).toBe(201);
    expect(seen.length).toBeGreaterThan(1);
    expect(await count(api, body.author)).toBe(1);
  });

  test("says that nobody knows, if the last answer is of an attempt that did nothing", async () => {
    const { api } = await faulty(["lose", unavailable()], { retries: 1 });
    const body = book();
    expect((await api.POST("/books", { body })).error).toEqual(UNKNOWN);
    expect(await count(api, body.author)).toBe(1);
  });

  test("without a key is not sent again, unless the API has done nothing", async () => {
    const { api, seen, fail } = await faulty(["lose"]);
    await expect(api.POST("/echo", { body: 1 })).rejects.toThrow(TypeError);
    expect(seen).toHaveLength(1);
    fail(unavailable(), throttled);
    expect((await api.POST("/echo", { body: 1 })).data).toEqual({ received: 1 });
    expect(seen).toHaveLength(4);
  });
});

describe("a change", () => {
  test("of a known version is sent again", async () => {
    const { api, seen, fail } = await faulty();
    const { path } = await created(api);
    fail("drop", "drop");
    const { data } = await api.PATCH("/books/{id}", { params: { path }, body: { title: "New" } });
    expect(data?.title).toBe("New");
    expect(seen).toHaveLength(4);
  });

  test("that was made, and whose repeat finds its own version, blames nobody", async () => {
    const { api, seen, fail } = await faulty();
    const { path } = await created(api);
    fail("lose");
    const { error, response } = await api.PUT("/books/{id}", {
      params: { path },
      body: { title: "New", author: "Jane" },
    });
    expect(seen).toHaveLength(3); // and the API has answered the last one with 412
    expect(response.status).toBe(503);
    expect(error).toEqual(UNKNOWN);
    expect((await api.GET("/books/{id}", { params: { path } })).data?.title).toBe("New");
  });

  test("of any version is not sent again, unless the API has done nothing", async () => {
    const { api, seen, fail } = await faulty();
    const { path } = await created(api);
    const any = { path, header: { "If-Match": "*" } };
    fail("lose");
    await expect(api.PUT("/books/{id}", { params: any, body: { title: "New", author: "Jane" } })).rejects.toThrow(
      TypeError,
    );
    expect(seen).toHaveLength(2);
    fail(unknown());
    expect((await api.PUT("/books/{id}", { params: any, body: { title: "New", author: "Jane" } })).error).toEqual(
      UNKNOWN,
    );
    expect(seen).toHaveLength(3);
    fail(unavailable());
    const newer = { title: "Newer", author: "Jane" };
    expect((await api.PUT("/books/{id}", { params: any, body: newer })).data?.title).toBe("Newer");
    expect(seen).toHaveLength(5);
  });

  test("that is wrong as it stands is told so after a lost answer, too", async () => {
    const { api, fail } = await faulty();
    const { path } = await created(api);
    fail("lose");
    const { response } = await api.PATCH("/books/{id}", { params: { path }, body: { title: "" } });
    expect(response.status).toBe(400);
  });
});

describe("a deletion", () => {
  test("is sent again, and if it was made, blames nobody", async () => {
    const { api, seen, fail } = await faulty();
    const { path } = await created(api);
    fail("drop");
    expect((await api.DELETE("/books/{id}", { params: { path } })).data?.message).toBe("Book deleted");
    expect(seen).toHaveLength(3);

    const other = await created(api);
    fail("lose");
    const { error } = await api.DELETE("/books/{id}", { params: { path: other.path } });
    expect(error).toEqual(UNKNOWN);
    expect((await api.GET("/books/{id}", { params: { path: other.path } })).response.status).toBe(404);
  });
});

describe("a read", () => {
  test("is sent again", async () => {
    for (const fault of ["drop", "lose", "cut", gateway] as const) {
      const { api, seen } = await faulty([fault]);
      expect((await api.GET("/greeting")).data).toEqual({ message: "Hello" });
      expect(seen).toHaveLength(2);
    }
  });

  test("keeps its own 404 after a lost answer", async () => {
    const { api } = await faulty(["lose"]);
    const { response } = await api.GET("/books/{id}", { params: { path: { id: 2 ** 53 - 1 } } });
    expect(response.status).toBe(404);
  });

  test("gives up after the repeats that were asked for", async () => {
    for (const retries of [0, 2]) {
      const { api, seen } = await faulty(["drop", "drop", "drop", "drop"], { retries });
      await expect(api.GET("/greeting")).rejects.toThrow(TypeError);
      expect(seen).toHaveLength(retries + 1);
    }
    const { api } = await faulty([unavailable("0"), unavailable("0")], { retries: 1 });
    const { error, response } = await api.GET("/greeting");
    expect(response.status).toBe(503);
    expect(error).toEqual({ error: "Temporarily unavailable" });
  });
});

describe("the wait", () => {
  test("is as long as the API asks for, and is told", async () => {
    const told: Retry[] = [];
    const { api, seen } = await faulty([unavailable("1"), "drop"], { onRetry: (retry) => told.push(retry) });
    expect((await api.GET("/greeting")).response.status).toBe(200);
    expect(seen[1]!.at - seen[0]!.at).toBeGreaterThanOrEqual(990); // timers may be a millisecond early
    expect(told).toMatchObject([
      { attempt: 1, waitMs: 1000, reason: "unavailable" },
      { attempt: 2, reason: "lost" },
    ]);
    expect(told[0]!.request.url).toMatch(/\/greeting$/);
  });

  test("is not for longer than half a minute", async () => {
    const { api, seen } = await faulty([unavailable("31")]);
    expect((await api.GET("/greeting")).response.status).toBe(503);
    expect(seen).toHaveLength(1);
  });

  test("ends with the caller's signal, and so does an attempt", async () => {
    const told: Retry[] = [];
    const { api, seen, fail } = await faulty([unavailable("20")], { onRetry: (retry) => told.push(retry) });
    const reason = new Error("left the page");
    const leave = new AbortController();
    setTimeout(() => leave.abort(reason), 100);
    await expect(api.GET("/greeting", { signal: leave.signal })).rejects.toBe(reason);
    expect(seen).toHaveLength(1);

    fail("withhold");
    await expect(api.GET("/greeting", { signal: AbortSignal.timeout(100) })).rejects.toThrow(/timeout/);
    expect(seen).toHaveLength(2);
    expect(told).toHaveLength(1); // the end of an attempt is no reason for a repeat
  });

  test("is read from seconds and dates, and is random without", () => {
    const now = Date.UTC(2026, 5, 1, 10, 0, 0);
    expect(waitBefore(1, "2", now)).toBe(2000);
    expect(waitBefore(1, "Mon, 01 Jun 2026 10:00:03 GMT", now)).toBe(3000);
    expect(waitBefore(1, "Mon, 01 Jun 2026 09:00:00 GMT", now)).toBe(0);
    expect(waitBefore(1, "Mon, 01 Jun 2026 10:01:00 GMT", now)).toBeUndefined();
    for (const [attempt, most] of [
      [1, 400],
      [3, 1600],
      [100, 30_000],
    ] as const) {
      const waits = Array.from({ length: 100 }, () => waitBefore(attempt, null) ?? Infinity);
      expect(Math.max(...waits)).toBeLessThanOrEqual(most);
      expect(new Set(waits).size).toBeGreaterThan(90);
    }
    expect(waitBefore(1, "soon", now)).toBeLessThanOrEqual(400);
  });
});
