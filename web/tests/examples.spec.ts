/** The request examples: what is written goes to the API, and its answer is shown as it came. */

import type { Page } from "@playwright/test";

import { expect, test } from "./fixtures";

test.beforeEach(({ page }) => page.goto("/"));

function example(page: Page, name: string) {
  const form = page.getByRole("form", { name });
  return {
    form,
    answer: form.getByRole("status"),
    send: () => form.getByRole("button").click(),
  };
}

test("hello", async ({ page }) => {
  const { answer, send } = example(page, "Hello");
  await send();
  await expect(answer).toHaveText('200 {"message":"Hello, World!"}');
});

test("search, with the issue beside its field", async ({ page }) => {
  const { form, answer, send } = example(page, "Query parameters");
  await send();
  await expect(answer).toHaveText('200 {"search":"react","limit":5}');
  await form.getByLabel("limit").fill("a few");
  await send();
  await expect(answer).toContainText("400");
  await expect(form.getByLabel("limit")).toHaveAccessibleDescription(
    "Invalid input: expected number, received NaN",
  );
  await form.getByLabel("limit").fill("");
  await send();
  await expect(answer).toHaveText('200 {"search":"react","limit":10}');
});

test("echo loses no digit, and says where a body is no JSON", async ({ page }) => {
  const { form, answer, send } = example(page, "JSON body");
  await send();
  await expect(answer).toHaveText('200 {"received":{"b": 1.10, "a": 12345678901234567890}}');
  await form.getByLabel("JSON").fill("{");
  await send();
  await expect(answer).toContainText("400");
  await expect(answer).toContainText("Invalid JSON");
});

test("form", async ({ page }) => {
  const { form, answer, send } = example(page, "Form data");
  await form.getByLabel("title").fill("Käse & Brot");
  await send();
  await expect(answer).toHaveText('200 {"title":"Käse & Brot","author":"Jane"}');
});

test("auth", async ({ page }) => {
  const { form, answer, send } = example(page, "Headers");
  await send();
  await expect(answer).toHaveText('200 {"authorized":true}');
  await form.getByLabel("Authorization").fill("");
  await send();
  await expect(answer).toHaveText('401 {"error":"Unauthorized"}');
});

test("a retry makes no second task", async ({ page, other }) => {
  const { form, answer, send } = example(page, "A retry makes no second task");
  await send();
  await expect(answer).toContainText("201 both times:");
  expect((await other.GET("/api/tasks")).data).toHaveLength(1);
  await expect(page.getByRole("complementary")).toContainText("Idempotency-Replayed: true");
  await form.getByLabel("title").fill("");
  await send();
  await expect(form.getByLabel("title")).toHaveAccessibleDescription("Title is required");
});

test("an answer that does not come is said", async ({ page }) => {
  await page.route("**/api/hello", (route) => route.abort("connectionreset"));
  const { answer, send } = example(page, "Hello");
  await send();
  await expect(answer).toHaveText(/^No answer from the API./);
});
