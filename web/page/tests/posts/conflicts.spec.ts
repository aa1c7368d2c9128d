/** Somebody else changes or deletes what is edited here. Nobody's work is overwritten or lost without being asked. */

import type { Page } from "@playwright/test";

import { expect, test } from "../fixtures";
import { jane } from "./post";

test.beforeEach(async ({ other }) => {
  await other.POST("/api/posts", { body: jane });
});

/** Opens the form, lets something happen, and saves another title. */
async function editWhile(page: Page, happen: () => Promise<unknown>) {
  await page.goto("/posts");
  await page.getByRole("button", { name: "Edit React Hooks" }).click();
  const form = page.getByRole("form", { name: "Edit React Hooks" });
  await form.getByLabel("Title").fill("My title");
  await happen();
  await form.getByRole("button", { name: "Save" }).click();
  return { form, dialog: page.getByRole("dialog", { name: "Somebody else has changed this post" }) };
}

async function idOf(other: { GET: (path: "/api/posts") => Promise<{ data?: { id: number }[] }> }) {
  const { data } = await other.GET("/api/posts");
  return { path: { id: data?.[0]?.id ?? 0 } };
}

test("both versions are shown, and mine can be kept", async ({ page, other }) => {
  const params = await idOf(other);
  const { dialog } = await editWhile(page, () =>
    other.PATCH("/api/posts/{id}", { params, body: { title: "Their title", content: "Theirs." } }),
  );
  const [mine, theirs] = [
    dialog.getByRole("region", { name: "Yours" }),
    dialog.getByRole("region", { name: "Theirs" }),
  ];
  await expect(mine).toContainText("My title");
  await expect(mine).toContainText(jane.content);
  await expect(theirs).toContainText("Their title");
  await expect(theirs.getByText("Title (differs)")).toBeVisible();
  await expect(theirs.getByText("Author (differs)")).toHaveCount(0);
  expect((await other.GET("/api/posts")).data).toMatchObject([{ title: "Their title" }]);

  await dialog.getByRole("button", { name: "Keep mine" }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByRole("listitem", { name: "My title" })).toContainText(jane.content);
  await expect(page.getByRole("button", { name: "Edit My title" })).toBeFocused();
  expect((await other.GET("/api/posts")).data).toMatchObject([{ ...jane, title: "My title" }]);
});

test("theirs can be taken", async ({ page, other }) => {
  const params = await idOf(other);
  const { dialog } = await editWhile(page, () =>
    other.PATCH("/api/posts/{id}", { params, body: { title: "Their title" } }),
  );
  await dialog.getByRole("button", { name: "Take theirs" }).click();
  await expect(page.getByRole("listitem", { name: "Their title" })).toBeVisible();
  await expect(page.getByRole("button", { name: "Edit Their title" })).toBeFocused();
  expect((await other.GET("/api/posts")).data).toMatchObject([{ ...jane, title: "Their title" }]);
});

test("editing goes on, and whoever changes it meanwhile is heard again", async ({ page, other }) => {
  const params = await idOf(other);
  const change = (title: string) => other.PATCH("/api/posts/{id}", { params, body: { title } });
  const { form, dialog } = await editWhile(page, () => change("Theirs"));
  await expect(dialog).toContainText("Theirs");
  await page.keyboard.press("Escape");
  await expect(form.getByLabel("Title")).toHaveValue("My title");
  await form.getByRole("button", { name: "Save" }).click();
  await expect(dialog).toContainText("Theirs");

  await change("Theirs again");
  await dialog.getByRole("button", { name: "Keep mine" }).click();
  await expect(dialog).toContainText("Theirs again");
  await dialog.getByRole("button", { name: "Keep mine" }).click();
  await expect(page.getByRole("listitem", { name: "My title" })).toBeVisible();
});

test("who gives up after a conflict sees theirs", async ({ page, other }) => {
  const params = await idOf(other);
  const { form, dialog } = await editWhile(page, () =>
    other.PATCH("/api/posts/{id}", { params, body: { title: "Their title" } }),
  );
  await dialog.getByRole("button", { name: "Keep editing" }).click();
  await form.getByRole("button", { name: "Cancel" }).click();
  await expect(page.getByRole("listitem", { name: "Their title" })).toBeVisible();
});

test("who made the same change is no conflict", async ({ page, other }) => {
  const params = await idOf(other);
  const { dialog } = await editWhile(page, () =>
    other.PATCH("/api/posts/{id}", { params, body: { title: "My title" } }),
  );
  await expect(page.getByText("The post is saved.")).toBeVisible();
  await expect(dialog).toBeHidden();
});

test("a post that somebody deletes while it is edited", async ({ page, other }) => {
  const params = await idOf(other);
  await editWhile(page, () => other.DELETE("/api/posts/{id}", { params }));
  await expect(page.getByText("Not saved: somebody else has deleted this post.")).toBeVisible();
  await expect(page.getByText("No posts yet.")).toBeVisible();
  await expect(page.getByRole("heading", { level: 1 })).toBeFocused();
});

test("a post that somebody has deleted before it is edited or deleted", async ({ page, other }) => {
  await other.POST("/api/posts", { body: { ...jane, title: "Another" } });
  await page.goto("/posts");
  const { data = [] } = await other.GET("/api/posts");
  await expect(page.getByRole("button", { name: "Edit React Hooks" })).toBeVisible();
  await Promise.all(data.map(({ id }) => other.DELETE("/api/posts/{id}", { params: { path: { id } } })));
  await page.getByRole("button", { name: "Edit React Hooks" }).click();
  await expect(page.getByText("Somebody else has deleted this post.")).toBeVisible();
  await expect(page.getByRole("listitem", { name: "Another" })).toBeFocused();
  await page.getByRole("button", { name: "Delete Another" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Delete" }).click();
  await expect(page.getByText("Somebody else had deleted this post.")).toBeVisible();
  await expect(page.getByText("No posts yet.")).toBeVisible();
});

test("an edit begins with the version of this moment, not with that of the list", async ({ page, other }) => {
  const params = await idOf(other);
  await page.goto("/posts");
  await expect(page.getByRole("listitem", { name: "React Hooks" })).toBeVisible();
  await other.PATCH("/api/posts/{id}", { params, body: { title: "Newer" } });
  await page.getByRole("button", { name: "Edit React Hooks" }).click();
  await expect(page.getByRole("form", { name: "Edit Newer" }).getByLabel("Title")).toHaveValue("Newer");
});

test("a post that somebody has changed is not deleted unseen", async ({ page, other }) => {
  await page.goto("/posts");
  // Only what this page has read has a tag here.
  await page.getByRole("button", { name: "Edit React Hooks" }).click();
  await page.getByRole("button", { name: "Cancel" }).click();
  await other.PATCH("/api/posts/{id}", { params: await idOf(other), body: { title: "Their title" } });
  await page.getByRole("button", { name: "Delete React Hooks" }).click();
  const dialog = page.getByRole("dialog", { name: "Delete this post?" });
  await dialog.getByRole("button", { name: "Delete" }).click();
  await expect(dialog).toContainText("Their title");
  await expect(dialog).toContainText("Somebody has changed it since you saw it.");
  await dialog.getByRole("button", { name: "Delete it anyway" }).click();
  await expect(page.getByText("The post is deleted.")).toBeVisible();
  expect((await other.GET("/api/posts")).data).toEqual([]);
});
