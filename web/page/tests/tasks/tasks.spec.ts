/** Tasks: add, complete, edit, delete. */

import { expect, test } from "../fixtures";

test("adds, completes, edits and deletes", async ({ page, other }) => {
  await page.goto("/tasks");
  await page.getByPlaceholder("Title").fill("Write the tutorial");
  await page.getByPlaceholder("Description (optional)").fill("Finish the guide");
  await page.getByRole("button", { name: "Add Task" }).click();
  const task = page.getByRole("list", { name: "Tasks" }).getByRole("listitem");
  await expect(task).toContainText("Finish the guide");

  await page.getByRole("checkbox", { name: "Write the tutorial" }).check();
  await expect.poll(async () => (await other.GET("/api/tasks")).data?.[0]?.completed).toBe(true);
  await expect(page.getByRole("checkbox")).toBeChecked();
  await page.getByRole("checkbox", { name: "Write the tutorial" }).uncheck();
  await expect.poll(async () => (await other.GET("/api/tasks")).data?.[0]?.completed).toBe(false);

  await page.getByRole("button", { name: "Edit Write the tutorial" }).click();
  await task.getByLabel("Title").fill("Read it");
  await task.getByLabel("Description").fill("");
  await task.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("checkbox", { name: "Read it" })).toBeVisible();
  expect((await other.GET("/api/tasks")).data).toMatchObject([{ title: "Read it", description: null }]);

  await page.getByRole("button", { name: "Delete Read it" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Delete" }).click();
  await expect(page.getByText("No tasks yet.")).toBeVisible();
  expect((await other.GET("/api/tasks")).data).toEqual([]);
});

test("a task without a description has none", async ({ page, other }) => {
  await page.goto("/tasks");
  await page.getByLabel("Title").fill("Once");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("checkbox", { name: "Once" })).toBeVisible();
  expect((await other.GET("/api/tasks")).data).toMatchObject([{ title: "Once", description: null }]);
});

test("says what the API says about a title", async ({ page }) => {
  await page.goto("/tasks");
  await page.getByRole("button", { name: "Add Task" }).click();
  await expect(page.getByLabel("Title")).toBeFocused();
  await expect(page.getByLabel("Title")).toHaveAccessibleDescription("Title is required");
});

test("completes with the space bar, and takes it back if the API does not do it", async ({ page, other }) => {
  await other.POST("/api/tasks", { body: { title: "Once" } });
  await page.route("**/api/tasks/*", (route) =>
    route.fulfill({
      status: 500,
      contentType: "application/json",
      body: '{"error":"Failed to update task"}',
    }),
  );
  await page.goto("/tasks");
  await page.getByRole("checkbox").focus();
  await page.keyboard.press("Space");
  await expect(page.getByText(/^Failed to update task/)).toBeVisible();
  await expect(page.getByRole("checkbox")).not.toBeChecked();
  await page.unrouteAll();
  await page.keyboard.press("Space");
  await expect.poll(async () => (await other.GET("/api/tasks")).data?.[0]?.completed).toBe(true);
  await expect(page.getByText(/^Failed to update task/)).toBeHidden();
});

test("loads more", async ({ page, other }) => {
  for (let n = 1; n <= 21; n += 1) {
    await other.POST("/api/tasks", { body: { title: `Task ${n}` } });
  }
  await page.goto("/tasks");
  await expect(page.getByRole("checkbox")).toHaveCount(20);
  await page.getByRole("button", { name: "Load more" }).click();
  await expect(page.getByRole("checkbox")).toHaveCount(21);
  await expect(page.getByRole("listitem", { name: "Task 21" })).toBeFocused();
});

test("a task that somebody renames while it is marked as done keeps the new name", async ({
  page,
  other,
}) => {
  const { data } = await other.POST("/api/tasks", { body: { title: "Old name" } });
  const params = { path: { id: data?.id ?? 0 } };
  await page.goto("/tasks");
  await page.getByRole("checkbox", { name: "Old name" }).check();
  await expect.poll(async () => (await other.GET("/api/tasks")).data?.[0]?.completed).toBe(true);
  await other.GET("/api/tasks/{id}", { params });
  await other.PATCH("/api/tasks/{id}", { params, body: { title: "New name" } });
  await page.getByRole("checkbox", { name: "Old name" }).uncheck();
  await expect(page.getByRole("checkbox", { name: "New name" })).not.toBeChecked();
  expect((await other.GET("/api/tasks")).data).toMatchObject([{ title: "New name", completed: false }]);
});
