/** The picture in README: `npm run screenshots` makes it anew. */

import { expect, images, test } from "../fixtures";

test("a phone: tasks", async ({ page, other }) => {
  const { data } = await other.POST("/api/tasks", {
    body: { title: "Write the tutorial", description: "Six steps" },
  });
  await other.PATCH("/api/tasks/{id}", {
    params: { path: { id: data?.id ?? 0 } },
    body: { completed: true },
  });
  await other.POST("/api/tasks", { body: { title: "Read it aloud" } });
  await page.setViewportSize({ width: 360, height: 780 });
  await page.emulateMedia({ colorScheme: "dark" });
  await page.goto("/tasks");
  await expect(page.getByRole("checkbox", { name: "Read it aloud" })).toBeVisible();
  await page.screenshot({ path: `${images}phone.png` });
});
