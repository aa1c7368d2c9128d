/** Posts, as the tutorial's page shows them, and what more there is to do with them. */

import type { Request } from "@playwright/test";

import { expect, test } from "../fixtures";
import { jane, writePost } from "./post";

test("loads, creates and lists as the tutorial's page does", async ({ page, other }) => {
  await other.POST("/api/posts", { body: jane });
  let answer = () => {};
  const held = new Promise<void>((resolve) => {
    answer = resolve;
  });
  await page.route("**/api/posts?*", async (route) => {
    await held;
    await route.continue();
  });
  await page.goto("/posts");
  await expect(page.getByText("Loading...")).toBeVisible();
  answer();
  await expect(page.getByText("Loading...")).toBeHidden();
  await expect(page.getByRole("heading", { level: 1, name: "Posts" })).toBeVisible();
  await expect(page.getByRole("listitem").filter({ hasText: "React Hooks" })).toContainText("By Jane");

  await page.getByPlaceholder("Title").fill("Next.js Guide");
  await page.getByPlaceholder("Author", { exact: true }).fill("John");
  await page.getByPlaceholder("Content").fill("Routes are files.");
  await page.getByRole("button", { name: "Create Post" }).click();
  const created = page.getByRole("list", { name: "Posts" }).getByRole("listitem").last();
  await expect(created).toContainText("Next.js Guide");
  await expect(created).toContainText("By John");
  await expect(created).toContainText("Routes are files.");
  await expect(page.getByText("The post is created.")).toBeVisible();
  await expect(page.getByPlaceholder("Title")).toHaveValue("");
  await expect(page.getByPlaceholder("Title")).toBeFocused();
});

test("creates, edits and deletes with the keyboard alone", async ({ page, other }) => {
  await page.goto("/posts");
  await page.getByLabel("Title").focus();
  for (const text of ["React Hooks", "Jane", "They begin with use."]) {
    await page.keyboard.type(text);
    await page.keyboard.press("Tab");
  }
  await page.keyboard.press("Enter");
  await expect(page.getByLabel("Title")).toBeFocused();
  const post = page.getByRole("listitem", { name: "React Hooks" });
  await expect(post).toBeVisible();

  await page.getByRole("button", { name: "Edit React Hooks" }).focus();
  await page.keyboard.press("Enter");
  await expect(post.getByLabel("Title")).toBeFocused();
  for (const name of ["Author", "Content", "Save", "Cancel"]) {
    await page.keyboard.press("Tab");
    await expect(post.getByLabel(name).or(post.getByRole("button", { name }))).toBeFocused();
  }
  await page.keyboard.press("Enter"); // leaves it as it was
  await expect(page.getByRole("button", { name: "Edit React Hooks" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(post.getByLabel("Title")).toBeFocused();
  await page.keyboard.press("End");
  await page.keyboard.type(" again");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("button", { name: "Edit React Hooks again" })).toBeFocused();

  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  const dialog = page.getByRole("dialog", { name: "Delete this post?" });
  await expect(dialog.getByRole("button", { name: "Cancel" })).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
  await expect(page.getByRole("button", { name: "Delete React Hooks again" })).toBeFocused();
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await expect(page.getByText("The post is deleted.")).toBeVisible();
  await expect(page.getByRole("heading", { level: 1 })).toBeFocused(); // nothing else is left
  expect((await other.GET("/api/posts")).data).toEqual([]);
});

test("after a deletion the focus is on the next post, or on the one before the last", async ({
  page,
  other,
}) => {
  for (const title of ["First", "Second", "Third"]) {
    await other.POST("/api/posts", { body: { ...jane, title } });
  }
  await page.goto("/posts");
  for (const [title, neighbour] of [["Second", "Third"] as const, ["Third", "First"] as const]) {
    await page.getByRole("button", { name: `Delete ${title}` }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Delete" }).click();
    await expect(page.getByRole("listitem", { name: title })).toBeHidden();
    await expect(page.getByRole("listitem", { name: neighbour })).toBeFocused();
  }
});

test("edits all three fields", async ({ page, other }) => {
  const { data } = await other.POST("/api/posts", { body: jane });
  await page.goto("/posts");
  await page.getByRole("button", { name: "Edit React Hooks" }).click();
  const form = page.getByRole("form", { name: "Edit React Hooks" });
  await expect(form.getByLabel("Content")).toHaveValue(jane.content);
  const changed = { title: "Hooks", author: "Janet", content: "One line,\nand another." };
  await form.getByLabel("Title").fill(changed.title);
  await form.getByLabel("Author").fill(changed.author);
  await form.getByLabel("Content").fill(changed.content);
  await form.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("listitem", { name: "Hooks" })).toContainText("By Janet");
  expect((await other.GET("/api/posts")).data).toEqual([{ ...data, ...changed }]);
});

test("an issue stands beside its field, which gets the focus", async ({ page }) => {
  await page.goto("/posts");
  await writePost(page, "React Hooks", "", "");
  await page.getByRole("button", { name: "Create Post" }).click();
  const author = page.getByPlaceholder("Author", { exact: true });
  await expect(author).toBeFocused();
  await expect(author).toHaveAttribute("aria-invalid", "true");
  await expect(author).toHaveAccessibleDescription("Required");
  await expect(page.getByLabel("Content")).toHaveAccessibleDescription("Required");
  await expect(page.getByLabel("Title")).toHaveAttribute("aria-invalid", "false");

  await writePost(page, "x".repeat(10_001));
  await page.getByRole("button", { name: "Create Post" }).click();
  await expect(page.getByLabel("Title")).toBeFocused();
  await expect(page.getByLabel("Title")).toHaveAccessibleDescription(
    "Too big: expected string to have <=10000 characters",
  );
  await expect(page.getByLabel("Content")).toHaveAttribute("aria-invalid", "false");
  await expect(page.getByLabel("Author", { exact: true })).toHaveValue("Jane"); // nothing that was written is lost

  await page.getByLabel("Title").fill("Short");
  await page.getByRole("button", { name: "Create Post" }).click();
  await expect(page.getByRole("listitem", { name: "Short" })).toBeVisible();
  await expect(page.getByLabel("Title")).toHaveAttribute("aria-invalid", "false");
});

test("an edit has its issues, too", async ({ page, other }) => {
  await other.POST("/api/posts", { body: jane });
  await page.goto("/posts");
  await page.getByRole("button", { name: "Edit React Hooks" }).click();
  const form = page.getByRole("form", { name: "Edit React Hooks" });
  await form.getByLabel("Author").fill("");
  await form.getByRole("button", { name: "Save" }).click();
  await expect(form.getByLabel("Author")).toBeFocused();
  await expect(form.getByLabel("Author")).toHaveAccessibleDescription(/Too small/);
});

test("keeps the posts of one author, and the filter in the address", async ({ page, other }) => {
  for (const [title, author] of [
    ["One", "Jane"] as const,
    ["Two", "John"] as const,
    ["Three", "jane"] as const,
  ]) {
    await other.POST("/api/posts", { body: { ...jane, title, author } });
  }
  await page.goto("/posts");
  await page.getByLabel("Filter by author").fill("JANE");
  await page.getByRole("button", { name: "Filter" }).click();
  const titles = page.getByRole("list", { name: "Posts" }).getByRole("heading");
  await expect(titles).toHaveText(["One", "Three"]);
  await expect(page).toHaveURL(/\/posts\?author=JANE$/);

  await page.reload();
  await expect(titles).toHaveText(["One", "Three"]);
  await writePost(page, "Four", "John");
  await page.getByRole("button", { name: "Create Post" }).click();
  await expect(page.getByText("It is not in this list, which is JANE's.")).toBeVisible();
  await expect(titles).toHaveText(["One", "Three"]);

  await page.getByRole("button", { name: "All authors" }).click();
  await expect(titles).toHaveText(["One", "Two", "Three", "Four"]);
  await page.goBack();
  await expect(titles).toHaveText(["One", "Three"]);
  await page.getByLabel("Filter by author").fill("nobody");
  await page.keyboard.press("Enter");
  await expect(page.getByText("No posts by nobody.")).toBeVisible();
});

test("loads page after page, and goes on at the first new post", async ({ page, other }) => {
  for (let n = 1; n <= 45; n += 1) {
    await other.POST("/api/posts", { body: { ...jane, title: `Post ${n}` } });
  }
  await page.goto("/posts");
  const titles = page.getByRole("list", { name: "Posts" }).getByRole("heading");
  await expect(titles).toHaveCount(20);
  // One that is created before its page is loaded is not shown twice.
  await writePost(page, "Post 46");
  await page.getByRole("button", { name: "Create Post" }).click();
  await expect(titles).toHaveCount(21);
  await page.getByRole("button", { name: "Load more" }).click();
  await expect(titles).toHaveCount(41);
  await expect(page.getByRole("listitem", { name: "Post 21", exact: true })).toBeFocused();
  await page.getByRole("button", { name: "Load more" }).click();
  await expect(page.getByRole("button", { name: "Load more" })).toBeHidden();
  await expect(titles).toHaveText(Array.from({ length: 46 }, (_, index) => `Post ${index + 1}`));
});

test("a page that comes late does not get into another list", async ({ page, other }) => {
  for (let n = 1; n <= 21; n += 1) {
    await other.POST("/api/posts", {
      body: { ...jane, title: `Post ${n}`, author: n === 1 ? "John" : "Jane" },
    });
  }
  await page.goto("/posts");
  const titles = page.getByRole("list", { name: "Posts" }).getByRole("heading");
  await expect(titles).toHaveCount(20);
  let answer = () => {};
  const held = new Promise<void>((resolve) => {
    answer = resolve;
  });
  await page.route("**/api/posts?*cursor=*", async (route) => {
    await held;
    await route.continue().catch(() => {}); // the page has given it up
  });
  const isLate = (request: Request) => request.url().includes("cursor=");
  const ended = Promise.race([
    page.waitForEvent("requestfailed", isLate),
    page.waitForEvent("requestfinished", isLate),
  ]);
  await page.getByRole("button", { name: "Load more" }).click();
  await page.getByLabel("Filter by author").fill("John");
  await page.keyboard.press("Enter");
  await expect(titles).toHaveText(["Post 1"]);
  answer();
  await ended;
  await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 100))); // for what it would still draw
  await expect(titles).toHaveText(["Post 1"]);
});

test("shows a long content when asked", async ({ page, other }) => {
  await other.POST("/api/posts", { body: { ...jane, content: `${"word ".repeat(2_000)}end` } });
  await page.goto("/posts");
  const post = page.getByRole("listitem", { name: "React Hooks" });
  await expect(post).not.toContainText("end");
  await post.getByRole("button", { name: "Show all of it" }).click();
  await expect(post).toContainText("end");
});

test("shows markup as the text it is", async ({ page, other }) => {
  const title = "<img src=x onerror=alert(1)>";
  await other.POST("/api/posts", { body: { ...jane, title } });
  await page.goto("/posts");
  await expect(page.getByRole("heading", { name: title })).toHaveText(title);
});
