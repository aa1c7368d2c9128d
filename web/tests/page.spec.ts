/** What holds on every screen: accessible, quick, quiet, steady, and no wider than a phone. */

import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";

import type { ApiClient } from "../client/src";
import { expect, test } from "./fixtures";

const screens = ["/", "/posts", "/tasks"] as const;

async function fill(other: ApiClient) {
  const content = "They begin with use.\n\nuseState keeps a value between two renders.";
  await other.POST("/api/posts", { body: { title: "React Hooks", author: "Jane", content } });
  await other.POST("/api/posts", {
    body: { title: "x".repeat(300), author: "y".repeat(300), content: "z".repeat(2_000) },
  });
  const { data } = await other.POST("/api/tasks", {
    body: { title: "Write the tutorial", description: "w".repeat(500) },
  });
  await other.PATCH("/api/tasks/{id}", {
    params: { path: { id: data?.id ?? 0 } },
    body: { completed: true },
  });
  await other.POST("/api/tasks", { body: { title: "Read it" } });
}

async function open(page: Page, path: string) {
  await page.goto(path);
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await expect(page.getByText("Loading...")).toBeHidden();
}

async function expectAccessible(page: Page) {
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target).join(", ")}`)).toEqual(
    [],
  );
}

for (const colorScheme of ["light", "dark"] as const) {
  test(`axe finds nothing on any screen: ${colorScheme}`, async ({ page, other }) => {
    await fill(other);
    await page.emulateMedia({ colorScheme });
    for (const path of screens) {
      await open(page, path);
      await expectAccessible(page);
    }
  });

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
    await page.getByRole("link", { name: "Tasks" }).click();
    await expect(page.getByText("No answer, trying again").first()).toBeVisible();
    await expectAccessible(page);
    await expect(page.getByRole("button", { name: "Try again" })).toBeVisible();
    await expectAccessible(page);
    await page.context().setOffline(false);
  });
}

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

test("nothing is wider than a phone", async ({ page, other }) => {
  await fill(other);
  await page.setViewportSize({ width: 360, height: 740 });
  const overflow = () => page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  for (const path of screens) {
    await open(page, path);
    expect(await overflow(), path).toBeLessThanOrEqual(0);
  }
  await page.getByRole("button", { name: "Edit Read it" }).click();
  await expect(page.getByRole("form", { name: "Edit Read it" })).toBeVisible();
  expect(await overflow()).toBeLessThanOrEqual(0);
  await page.getByRole("button", { name: "Delete Write the tutorial" }).click();
  expect(await overflow()).toBeLessThanOrEqual(0);
  const box = await page.getByRole("dialog").boundingBox();
  expect(box?.x).toBeGreaterThanOrEqual(0);
  expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThanOrEqual(360);
});

for (const [name, width, height] of [["a desk", 1200, 800] as const, ["a phone", 360, 740] as const]) {
  test(`nothing jumps while a list is loading: ${name}`, async ({ page, other }) => {
    await page.setViewportSize({ width, height });
    // Late, so that there is something to see before.
    await page.route("**/api/*?*", async (route) => {
      await new Promise((resolve) => setTimeout(resolve, 200));
      await route.continue();
    });
    for (const path of screens) {
      await open(page, path);
      expect(await shiftOf(page), `${path}, empty`).toBeLessThan(0.01);
    }
    await fill(other);
    for (const path of screens) {
      await open(page, path);
      expect(await shiftOf(page), path).toBeLessThan(0.01);
    }
  });
}

/** The layout shifts since the page was loaded, as Core Web Vitals count them. */
function shiftOf(page: Page): Promise<number> {
  return page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        let sum = 0;
        new PerformanceObserver((list) => {
          for (const entry of list.getEntries() as (PerformanceEntry & { value: number })[]) {
            sum += entry.value;
          }
        }).observe({ type: "layout-shift", buffered: true });
        setTimeout(() => resolve(sum), 200);
      }),
  );
}

test("moves between the screens like pages, without loading one", async ({ page }) => {
  let documents = 0;
  page.on("request", (request) => {
    documents += request.isNavigationRequest() ? 1 : 0;
  });
  await open(page, "/");
  await expect(page).toHaveTitle("Routelet");
  await page.getByRole("link", { name: "Posts" }).first().click();
  await expect(page).toHaveTitle("Posts · Routelet");
  await expect(page.getByRole("heading", { level: 1 })).toBeFocused();
  await expect(page.getByRole("link", { name: "Posts" })).toHaveAttribute("aria-current", "page");
  await page.getByRole("link", { name: "Tasks" }).click();
  await expect(page).toHaveURL(/\/tasks$/);
  await page.goBack();
  await expect(page.getByRole("heading", { level: 1, name: "Posts" })).toBeFocused();
  await page.goForward();
  await expect(page.getByRole("heading", { level: 1, name: "Tasks" })).toBeVisible();
  expect(documents).toBe(1);
  await page.reload();
  await expect(page.getByRole("heading", { level: 1, name: "Tasks" })).toBeVisible();
});

test("before the script runs there is the header to see, in its place", async ({ browser, page, site }) => {
  const plain = await browser.newContext({ javaScriptEnabled: false });
  const before = await plain.newPage();
  await before.goto(`${site.url}/posts`);
  await page.goto("/posts");
  for (const name of ["Routelet", "Posts", "Tasks", "Reference"]) {
    const box = (shown: typeof page) => shown.getByRole("link", { name, exact: true }).first().boundingBox();
    expect(await box(before), name).toEqual(await box(page));
  }
  const token = (shown: typeof page) => shown.getByRole("button", { name: "Token" }).boundingBox();
  expect(await token(before)).toEqual(await token(page));
  await plain.close();
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
