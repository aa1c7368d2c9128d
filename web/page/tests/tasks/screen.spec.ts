/** What holds on every screen, and in what opens on this one. */

import type { ApiClient } from "routelet-client";

import { open, overflow, PHONE, testScreen, testWayTo } from "../every-screen";
import { expect, test } from "../fixtures";

async function fill(other: ApiClient) {
  const { data } = await other.POST("/api/tasks", {
    body: { title: "Write the tutorial", description: "w".repeat(500) },
  });
  await other.PATCH("/api/tasks/{id}", {
    params: { path: { id: data?.id ?? 0 } },
    body: { completed: true },
  });
  await other.POST("/api/tasks", { body: { title: "Read it" } });
}

testScreen("/tasks", fill);
testWayTo("/tasks", "Tasks");

test("a form and a dialog are no wider than a phone", async ({ page, other }) => {
  await fill(other);
  await page.setViewportSize(PHONE);
  await open(page, "/tasks");
  await page.getByRole("button", { name: "Edit Read it" }).click();
  await expect(page.getByRole("form", { name: "Edit Read it" })).toBeVisible();
  expect(await overflow(page)).toBeLessThanOrEqual(0);
  await page.getByRole("button", { name: "Delete Write the tutorial" }).click();
  expect(await overflow(page)).toBeLessThanOrEqual(0);
  const box = await page.getByRole("dialog").boundingBox();
  expect(box?.x).toBeGreaterThanOrEqual(0);
  expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThanOrEqual(PHONE.width);
});
