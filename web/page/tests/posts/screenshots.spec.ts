/** The pictures in README: `npm run screenshots` makes them anew. */

import { expect, faults, images, lose, test } from "../fixtures";
import { writePost } from "./post";

const hooks = {
  title: "React Hooks",
  author: "Jane",
  content:
    "A hook is a function whose name begins with use: useState keeps a value from one render to the next.",
};
const guide = {
  title: "Next.js Guide",
  author: "John",
  content: "A folder is a part of the address, and route.ts in it answers the requests.",
};

test("light: an answer got lost, and there is one post", async ({ page, other }) => {
  await other.POST("/api/posts", { body: hooks });
  await page.setViewportSize({ width: 1100, height: 780 });
  await page.emulateMedia({ colorScheme: "light" });
  await page.goto("/posts");
  await faults(page, ["POST", "**/api/posts"], lose);
  await writePost(page, guide.title, guide.author, guide.content);
  await page.getByRole("button", { name: "Create Post" }).click();
  await expect(page.getByText("One post: the first attempt had arrived")).toBeVisible();
  await page.mouse.move(0, 0);
  await page.screenshot({ path: `${images}posts.png` });
});

test("dark: two people have changed one post", async ({ page, other }) => {
  const { data } = await other.POST("/api/posts", { body: hooks });
  await other.POST("/api/posts", { body: guide });
  await page.setViewportSize({ width: 1100, height: 780 });
  await page.emulateMedia({ colorScheme: "dark" });
  await page.goto("/posts");
  await page.getByRole("button", { name: "Edit React Hooks" }).click();
  const form = page.getByRole("form", { name: "Edit React Hooks" });
  await form.getByLabel("Title").fill("React Hooks, from the start");
  const params = { path: { id: data?.id ?? 0 } };
  await other.PATCH("/api/posts/{id}", { params, body: { title: "React Hooks in practice" } });
  await form.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("dialog")).toBeVisible();
  await page.screenshot({ path: `${images}conflict.png` });
});
