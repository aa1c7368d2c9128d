import { expectTypeOf, test } from "vitest";

import { createClient, nextPage, pages } from "./books";
import type { ApiError, components, ListQuery, paths } from "./books";

type Book = components["schemas"]["Book"];
type Label = components["schemas"]["Label"];

// `tsc` checks these; nothing here is called.
test("what goes in and comes out has the document's types", () => {
  const api = createClient();
  const params = { path: { id: 1 } };

  expectTypeOf(() => api.GET("/books/{id}", { params }))
    .returns.resolves.toHaveProperty("data")
    .toEqualTypeOf<Book | undefined>();
  expectTypeOf(() => api.GET("/labels"))
    .returns.resolves.toHaveProperty("data")
    .toEqualTypeOf<Label[] | undefined>();
  expectTypeOf(async () => {
    const { error } = await api.POST("/labels", { body: { title: "" } });
    return error satisfies ApiError | undefined;
  }).toBeFunction();
  expectTypeOf(() => pages(api, "/books", { author: "Jane" }).next())
    .returns.resolves.toHaveProperty("value")
    .toEqualTypeOf<Book[] | void>();
  expectTypeOf(nextPage).returns.toExtend<ListQuery<paths, "/books"> | undefined>();
  expectTypeOf(nextPage).returns.toExtend<ListQuery<paths, "/labels"> | undefined>();

  const wrong = () => {
    // @ts-expect-error there is no such path
    void api.GET("/boks");
    // @ts-expect-error a greeting has no POST
    void api.POST("/greeting");
    // @ts-expect-error a label has a title
    void api.POST("/labels", { body: {} });
    // @ts-expect-error a note is cleared with PATCH
    void api.POST("/labels", { body: { title: "", note: null } });
    // @ts-expect-error an id is a number
    void api.GET("/books/{id}", { params: { path: { id: "one" } } });
    // @ts-expect-error labels have no author
    void pages(api, "/labels", { author: "Jane" });
    // @ts-expect-error one item has no pages
    void pages(api, "/books/{id}");
  };
  void wrong;
});
