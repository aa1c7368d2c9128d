import { expect, test } from "vitest";

import { fieldIssues, issuesOf, messageOf } from "./books";
import { faulty } from "./proxy";

test("issues are given by field", async () => {
  const { api } = await faulty();
  const body = { title: "", author: "Jane", available: "yes" as never };
  const { error } = await api.POST("/books", { body });
  expect(fieldIssues(error)).toEqual({
    title: [expect.objectContaining({ code: "too_small", minimum: 1 })],
    available: [expect.objectContaining({ code: "invalid_type", expected: "boolean" })],
  });
  expect(messageOf(error)).toBe(
    "Too small: expected string to have >=1 characters; Invalid input: expected boolean, received string",
  );
});

test("an issue of the whole body has no field", async () => {
  const { api } = await faulty();
  const { error } = await api.POST("/books", { body: [] as never });
  expect(Object.keys(fieldIssues(error))).toEqual([""]);
});

test("a text has no issues", async () => {
  const { api } = await faulty();
  const { error } = await api.GET("/books/{id}", { params: { path: { id: 2 ** 53 - 1 } } });
  expect(issuesOf(error)).toEqual([]);
  expect(messageOf(error)).toBe("Book not found");
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
