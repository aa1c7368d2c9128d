/** Posts as the API has them. */

import type { components } from "routelet-client";

import { api } from "../api";
import { outcomeOf, type Outcome } from "../failure";
import { parametersOf, type Resource } from "../items/resource";

export type Post = components["schemas"]["Post"];

export const posts: Resource<Post> = {
  name: "post",
  fields: [
    { name: "title", label: "Title" },
    { name: "author", label: "Author" },
    { name: "content", label: "Content", isLong: true },
  ],
  valuesOf: ({ title, author, content }) => ({ title, author, content }),
  changesOf: ({ title = "", author = "", content = "" }) => ({ title, author, content }),

  list: postsBy(""),
  get: (id) => outcomeOf(api.GET("/api/posts/{id}", { params: { path: { id } } })),
  create: async ({ title = "", author = "", content = "" }, key) => {
    const params = { header: { "Idempotency-Key": key } };
    const body = { title, author, content };
    return missing(body, await outcomeOf(api.POST("/api/posts", { params, body })));
  },
  // PATCH and not PUT: that one keeps the old value where a field is empty, and says nothing.
  change: (id, body, etag) =>
    outcomeOf(api.PATCH("/api/posts/{id}", { params: parametersOf(id, etag), body })),
  remove: (id, etag) => outcomeOf(api.DELETE("/api/posts/{id}", { params: parametersOf(id, etag) })),
};

/** The posts of one author, or of all if there is no name. */
export function postsBy(author: string): Resource<Post>["list"] {
  const filter = author === "" ? {} : { author };
  return (page, signal) => {
    const query = { ...page, ...filter };
    return outcomeOf(api.GET("/api/posts", { params: { query }, ...(signal && { signal }) }));
  };
}

/** `Missing required fields` names all three; the ones that are missing are empty. */
function missing(sent: Record<string, string>, outcome: Outcome<Post>): Outcome<Post> {
  if (!outcome.failure?.text.startsWith("Missing required fields:")) {
    return outcome;
  }
  const empty = Object.keys(sent).filter((field) => sent[field] === "");
  const fields = Object.fromEntries(empty.map((field) => [field, "Required"]));
  return { failure: { ...outcome.failure, fields } };
}
