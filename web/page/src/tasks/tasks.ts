/** Tasks as the API has them. */

import type { components } from "routelet-client";

import { api } from "../api";
import { outcomeOf } from "../failure";
import { parametersOf, type Resource } from "../items/resource";

export type Task = components["schemas"]["Task"];

export const tasks: Resource<Task> = {
  name: "task",
  fields: [
    { name: "title", label: "Title" },
    { name: "description", label: "Description", isLong: true, isOptional: true },
  ],
  valuesOf: ({ title, description }) => ({ title, description: description ?? "" }),
  changesOf: ({ title = "", description = "" }) => ({
    title,
    description: description === "" ? null : description,
  }),

  list: (query, signal) => outcomeOf(api.GET("/api/tasks", { params: { query }, ...(signal && { signal }) })),
  get: (id) => outcomeOf(api.GET("/api/tasks/{id}", { params: { path: { id } } })),
  create: ({ title = "", description = "" }, key) => {
    const params = { header: { "Idempotency-Key": key } };
    // `null` is how PATCH clears it; to a POST it is no string.
    const body = description === "" ? { title } : { title, description };
    return outcomeOf(api.POST("/api/tasks", { params, body }));
  },
  change: (id, body, etag) =>
    outcomeOf(api.PATCH("/api/tasks/{id}", { params: parametersOf(id, etag), body })),
  remove: (id, etag) => outcomeOf(api.DELETE("/api/tasks/{id}", { params: parametersOf(id, etag) })),
};
