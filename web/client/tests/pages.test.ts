import { randomUUID } from "node:crypto";
import { assert, expect, test } from "vitest";

import { nextPage, PageError, pages, type ApiClient } from "./books";
import { faulty, unavailable } from "./proxy";

/** The Link header has to carry all of these. */
const author = () => `${randomUUID()}, "a" <b> é &?#%`;

async function books(api: ApiClient, author: string, count: number) {
  for (let number = 0; number < count; number += 1) {
    await api.POST("/books", { body: { title: `${number}`, author } });
  }
}

test("all pages of a list, with its filter and limit", async () => {
  const { api, seen } = await faulty();
  const jane = author();
  await books(api, jane, 5);
  await books(api, author(), 1);
  seen.length = 0;
  const titles = [];
  for await (const page of pages(api, "/books", { author: jane, limit: 2 })) {
    titles.push(page.map(({ title }) => title));
  }
  expect(titles.flat()).toEqual(["0", "1", "2", "3", "4"]);
  expect(titles.slice(0, 2)).toEqual([
    ["0", "1"],
    ["2", "3"],
  ]);
  expect(seen.map(({ path }) => new URLSearchParams(path.split("?")[1]).get("limit"))).toEqual([
    "2",
    "2",
    "2",
  ]);
});

test("one page more", async () => {
  const { api } = await faulty();
  const jane = author();
  await books(api, jane, 2);
  const first = await api.GET("/books", { params: { query: { author: jane, limit: 1 } } });
  const query = nextPage(first.response)!;
  expect(query).toEqual({ author: jane, limit: 1, cursor: expect.any(String) });
  const second = await api.GET("/books", { params: { query } });
  expect(second.data?.map(({ title }) => title)).toEqual(["1"]);
});

test("a page that can't be had is an error with the API's words", async () => {
  const { api } = await faulty([], { retries: 0 });
  const failed: unknown = await pages(api, "/labels", { cursor: "damaged" })
    .next()
    .catch((error: unknown) => error);
  assert(failed instanceof PageError);
  expect(failed.response.status).toBe(400);
  expect(failed.message).toMatch(/^400 .*cursor/);

  const down = await faulty([unavailable()], { retries: 0 });
  await expect(pages(down.api, "/labels").next()).rejects.toThrow("503 Temporarily unavailable");
});

test("a walk ends with its signal", async () => {
  const { api } = await faulty();
  const jane = author();
  await books(api, jane, 2);
  const leave = new AbortController();
  const walk = pages(api, "/books", { author: jane, limit: 1 }, { signal: leave.signal });
  await walk.next();
  leave.abort(new Error("left the page"));
  await expect(walk.next()).rejects.toThrow("left the page");
});

test.each([
  ['</labels?cursor=a>; rel="next"', { cursor: "a" }],
  ["</labels?cursor=a>; rel=next", { cursor: "a" }],
  ['</labels?cursor=a>;title="x; rel=prev, <b>";rel="last NEXT"', { cursor: "a" }],
  [
    '</labels?cursor=z>; rel="prev", <https://example.com/labels?limit=2&cursor=a,b#c>; rel="next"',
    { limit: 2, cursor: "a,b" },
  ],
  ['</books?author=1&cursor=2>; rel="next"', { author: "1", cursor: "2" }],
  ['</labels?cursor=a>; rel="nextish"', undefined],
  ["</labels?cursor=a>", undefined],
  ["rel=next", undefined],
  ["", undefined],
])("Link: %s", (link, query) => {
  expect(nextPage(new Response(null, { headers: { link } }))).toEqual(query);
});

test("no Link, no next page", () => {
  expect(nextPage(new Response())).toBeUndefined();
});
