import { expectTypeOf, test } from "vitest";

import { createClient, nextPage, pages, type ApiError, type components, type ListQuery } from "../src";

type Post = components["schemas"]["Post"];
type Task = components["schemas"]["Task"];
type GatewayError = components["schemas"]["GatewayError"];

// `tsc` checks these; nothing here is called.
test("what goes in and comes out has the document's types", () => {
  const api = createClient();
  const params = { path: { id: 1 } };

  expectTypeOf(() => api.GET("/api/posts/{id}", { params }))
    .returns.resolves.toHaveProperty("data")
    .toEqualTypeOf<Post | undefined>();
  expectTypeOf(() => api.GET("/api/tasks"))
    .returns.resolves.toHaveProperty("data")
    .toEqualTypeOf<Task[] | undefined>();
  expectTypeOf(async () => {
    const { error } = await api.POST("/api/tasks", { body: { title: "" } });
    return error satisfies ApiError | GatewayError | undefined;
  }).toBeFunction();
  expectTypeOf(() => pages(api, "/api/posts", { author: "Jane" }).next())
    .returns.resolves.toHaveProperty("value")
    .toEqualTypeOf<Post[] | void>();
  expectTypeOf(nextPage).returns.toExtend<ListQuery<"/api/posts"> | undefined>();
  expectTypeOf(nextPage).returns.toExtend<ListQuery<"/api/tasks"> | undefined>();

  const wrong = () => {
    // @ts-expect-error there is no such path
    void api.GET("/api/pots");
    // @ts-expect-error hello has no POST
    void api.POST("/api/hello");
    // @ts-expect-error a task has a title
    void api.POST("/api/tasks", { body: {} });
    // @ts-expect-error a description is cleared with PATCH
    void api.POST("/api/tasks", { body: { title: "", description: null } });
    // @ts-expect-error an id is a number
    void api.GET("/api/posts/{id}", { params: { path: { id: "one" } } });
    // @ts-expect-error tasks have no author
    void pages(api, "/api/tasks", { author: "Jane" });
    // @ts-expect-error one item has no pages
    void pages(api, "/api/posts/{id}");
  };
  void wrong;
});
