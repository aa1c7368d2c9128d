/** What holds on every screen: accessible, steady, and no wider than a phone. */

import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import type { ApiClient } from "routelet-client";

import { expect, test } from "./fixtures";

export const PHONE = { width: 360, height: 740 };

/** Tests a screen, empty and with the items that `fill` makes. */
export function testScreen(
  path: string,
  fill: (other: ApiClient) => Promise<unknown> = async () => {},
): void {
  for (const colorScheme of ["light", "dark"] as const) {
    test(`${path}: axe finds nothing: ${colorScheme}`, async ({ page, other }) => {
      await fill(other);
      await page.emulateMedia({ colorScheme });
      await open(page, path);
      await expectAccessible(page);
    });
  }

  test(`${path}: nothing is wider than a phone`, async ({ page, other }) => {
    await fill(other);
    await page.setViewportSize(PHONE);
    await open(page, path);
    expect(await overflow(page)).toBeLessThanOrEqual(0);
  });

  for (const [name, size] of [
    ["a desk", { width: 1200, height: 800 }] as const,
    ["a phone", PHONE] as const,
  ]) {
    test(`${path}: nothing jumps while it is loading: ${name}`, async ({ page, other }) => {
      await page.setViewportSize(size);
      // Late, so that there is something to see before.
      await page.route("**/api/*?*", async (route) => {
        await new Promise((resolve) => setTimeout(resolve, 200));
        await route.continue();
      });
      await open(page, path);
      expect(await shiftOf(page), "empty").toBeLessThan(0.01);
      await fill(other);
      await open(page, path);
      expect(await shiftOf(page)).toBeLessThan(0.01);
    });
  }

  test(`${path}: before the script runs there is the header to see, in its place`, async ({
    browser,
    page,
    site,
  }) => {
    const plain = await browser.newContext({ javaScriptEnabled: false });
    const before = await plain.newPage();
    await before.goto(site.url + path);
    await page.goto(path);
    const places = async (shown: Page) => {
      const header = await shown.getByRole("banner").locator("a, button").all();
      return Promise.all(
        header.map(async (part) => [(await part.textContent())?.trim(), await part.boundingBox()]),
      );
    };
    expect(await places(before)).toEqual(await places(page));
    await plain.close();
  });
}

/** Tests the way from the start to a screen, and back. */
export function testWayTo(path: string, name: string): void {
  test(`${path}: opens like a page, without loading one`, async ({ page }) => {
    let documents = 0;
    page.on("request", (request) => {
      documents += request.isNavigationRequest() ? 1 : 0;
    });
    await open(page, "/");
    await expect(page).toHaveTitle("Routelet");
    const link = page.getByRole("navigation").getByRole("link", { name });
    await link.click();
    const heading = page.getByRole("heading", { level: 1, name });
    await expect(page).toHaveTitle(`${name} · Routelet`);
    await expect(page).toHaveURL(new RegExp(`${path}$`));
    await expect(heading).toBeFocused();
    await expect(link).toHaveAttribute("aria-current", "page");
    await page.goBack();
    await expect(page).toHaveTitle("Routelet");
    await expect(page.getByRole("heading", { level: 1 })).toBeFocused();
    await page.goForward();
    await expect(heading).toBeFocused();
    expect(documents).toBe(1);
    await page.reload();
    await expect(heading).toBeVisible();
  });
}

export async function open(page: Page, path: string) {
  await page.goto(path);
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await expect(page.getByText("Loading...")).toBeHidden();
}

export async function expectAccessible(page: Page) {
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target).join(", ")}`)).toEqual(
    [],
  );
}

export function overflow(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
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
