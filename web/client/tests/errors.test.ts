import { expect, test } from "vitest";

import { fieldIssues, issuesOf, messageOf } from "../src";
import { faulty } from "./proxy";

test("issues are given by field", async () => {
  const { api } = await faulty();
  const { error } = await api.POST("/api/tasks", { body: { title: "", completed: "yes" as never } });
  expect(fieldIssues(error)).toEqual({
    title: [expect.objectContaining({ code: "too_small", message: "Title is required" })],
    completed: [expect.objectContaining({ code: "invalid_type", expected: "boolean" })],
  });
  expect(messageOf(error)).toBe("Title is required; Invalid input: expected boolean, received string");
});

test("an issue of the whole body has no field", async () => {
  const { api } = await faulty();
  const { error } = await api.POST("/api/tasks", { body: [] as never });
  expect(Object.keys(fieldIssues(error))).toEqual([""]);
});

test("a text has no issues", async () => {
  const { api } = await faulty();
  const { error } = await api.POST("/api/posts", { body: {} as never });
  expect(issuesOf(error)).toEqual([]);
  expect(messageOf(error)).toBe("Missing required fields: title, content, author");
});

test("the gateway's own error has its message", () => {
  expect(messageOf({ message: "Too Many Requests" })).toBe("Too Many Requests");
});

test.each([undefined, null, "", "<html>", {}, { message: null }, { error: 1 }])(
  "what is not the API's own error has no issues: %j",
  (error) => {
    expect(issuesOf(error)).toEqual([]);
    expect(fieldIssues(error)).toEqual({});
    expect(messageOf(error)).toBe("The answer could not be understood");
  },
);
