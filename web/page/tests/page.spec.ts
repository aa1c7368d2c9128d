/** The start, and the page as a whole. */

import { open, testScreen } from "./every-screen";
import { expect, test } from "./fixtures";

testScreen("/");

test("dark from the first paint on", async ({ page }) => {
  await page.emulateMedia({ colorScheme: "dark" });
  await page.goto("/", { waitUntil: "commit" });
  const lightness = () =>
    page.evaluate(() => {
      const canvas = getComputedStyle(document.documentElement);
      return canvas.colorScheme.includes("dark") ? Number(/\d+/.exec(canvas.backgroundColor)?.[0]) : 255;
    });
  expect(await lightness()).toBeLessThan(64);
});

test("a path that is not the page's is the API's", async ({ page }) => {
  const answer = await page.goto("/nothing");
  expect(answer?.status()).toBe(404);
  await expect(page.locator("body")).toContainText('{"error":"Not found"}');
});

test("has landmarks, and leads to the reference", async ({ page }) => {
  await open(page, "/");
  for (const role of ["banner", "navigation", "main", "complementary"] as const) {
    await expect(page.getByRole(role)).toHaveCount(1);
  }
  for (const link of await page.getByRole("link", { name: "Reference" }).all()) {
    await expect(link).toHaveAttribute("href", "/api/docs");
  }
  await expect(page.locator("html")).toHaveAttribute("lang", "en");
});
