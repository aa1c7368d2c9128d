/** What holds on every screen, and in what opens on this one. */

import type { ApiClient } from "routelet-client";

import { expectAccessible, open, testScreen, testWayTo } from "../every-screen";
import { expect, test } from "../fixtures";
import { jane } from "./post";

async function fill(other: ApiClient) {
  const content = "They begin with use.\n\nuseState keeps a value between two renders.";
  await other.POST("/api/posts", { body: { ...jane, content } });
  await other.POST("/api/posts", {
    body: { title: "x".repeat(300), author: "y".repeat(300), content: "z".repeat(2_000) },
  });
}

testScreen("/posts", fill);
testWayTo("/posts", "Posts");

for (const colorScheme of ["light", "dark"] as const) {
  test(`axe finds nothing in forms with issues, in dialogs and bars: ${colorScheme}`, async ({
    page,
    other,
  }) => {
    await fill(other);
    await page.emulateMedia({ colorScheme });
    await open(page, "/posts");
    await page.getByRole("button", { name: "Create Post" }).click();
    await expect(page.getByLabel("Title")).toHaveAttribute("aria-invalid", "true");
    await page.getByRole("button", { name: "Edit React Hooks" }).click();
    const form = page.getByRole("form", { name: "Edit React Hooks" });
    await form.getByLabel("Title").fill("Mine");
    await expectAccessible(page);

    const { data: posts = [] } = await other.GET("/api/posts");
    const params = { path: { id: posts[0]?.id ?? 0 } };
    await other.PATCH("/api/posts/{id}", { params, body: { title: "Theirs" } });
    await form.getByRole("button", { name: "Save" }).click();
    await expect(page.getByRole("dialog")).toBeVisible();
    await expectAccessible(page);
    await page.getByRole("button", { name: "Take theirs" }).click();

    await page.getByRole("button", { name: "Delete Theirs" }).click();
    await expectAccessible(page);
    await page.getByRole("button", { name: "Cancel" }).click();
    await page.getByRole("button", { name: "Token" }).click();
    await expectAccessible(page);
    await page.keyboard.press("Escape");

    await page.context().setOffline(true);
    await page.getByRole("link", { name: "Routelet" }).click();
    await page.getByRole("navigation").getByRole("link", { name: "Posts" }).click();
    await expect(page.getByText("No answer, trying again").first()).toBeVisible();
    await expectAccessible(page);
    await expect(page.getByRole("button", { name: "Try again" })).toBeVisible();
    await expectAccessible(page);
    await page.context().setOffline(false);
  });
}
