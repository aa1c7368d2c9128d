/** The reference page: everything that the document has, to try on this origin, and nothing from elsewhere. */

import AxeBuilder from "@axe-core/playwright";
import { expect, test, type Page } from "@playwright/test";

import { startApi } from "../client/tests/start";
import { AUTH_JWKS, tokenUntil } from "./tokens";

let api: { url: string; stop: () => Promise<void> };

test.beforeAll(async () => {
  test.setTimeout(600_000); // the API may have to be built
  api = await startApi({ AUTH_JWKS });
});

test.afterAll(() => api.stop());

/** What these tests read of the document. */
interface Document {
  paths: Record<string, Record<string, { operationId: string }>>;
}

/** Opens the page, and gives what must not happen on it: messages, and requests to other hosts. */
async function open(page: Page): Promise<string[]> {
  const bad: string[] = [];
  page.on("console", (message) => bad.push(`${message.type()}: ${message.text()}`)); // a CSP violation is one, too
  page.on("pageerror", (error) => bad.push(error.message));
  page.on("request", (request) => {
    if (!request.url().startsWith(`${api.url}/`) && !request.url().startsWith("data:")) {
      bad.push(request.url());
    }
  });
  await page.goto(`${api.url}/api/docs`);
  await expect(page.locator(".opblock").first()).toBeVisible();
  return bad;
}

/** Opens an operation, so that it can be tried. */
async function operation(page: Page, id: string) {
  const block = page.locator(".opblock", {
    has: page.locator(".opblock-summary-operation-id", { hasText: new RegExp(`^${id}$`) }),
  });
  await block.locator(".opblock-summary-control").click();
  await expect(block.locator(".execute")).toBeVisible();
  return block;
}

test("lists every operation of the document", async ({ page, request }) => {
  const bad = await open(page);
  const openapi: Document = await (await request.get(`${api.url}/api/openapi.json`)).json();
  const shown = await page.locator(".opblock-summary-operation-id").allTextContents();
  const methods = ["get", "post", "put", "patch", "delete", "head", "options"];
  const declared = Object.values(openapi.paths).flatMap((path) =>
    Object.entries(path).flatMap(([method, { operationId }]) =>
      methods.includes(method) ? [operationId] : [],
    ),
  );
  expect(shown.sort()).toEqual(declared.sort());
  expect(declared.length).toBeGreaterThan(17);
  expect(bad).toEqual([]);
});

test("tries a GET on the same origin", async ({ page }) => {
  const bad = await open(page);
  const hello = await operation(page, "hello");
  await hello.locator(".execute").click();
  const answer = hello.locator(".live-responses-table");
  await expect(answer.locator(".response .response-col_status")).toContainText("200");
  await expect(answer).toContainText("Hello, World!");
  await expect(answer).toContainText("Request duration");
  await expect(answer).toContainText("x-request-id");
  await expect(hello.locator(".request-url")).toContainText(`${api.url}/api/hello`);
  expect(bad).toEqual([]);
});

test("creates with a token, which it forgets with the page", async ({ page }) => {
  const bad = await open(page);
  const create = await operation(page, "create-task");
  const status = create.locator(".live-responses-table .response .response-col_status");
  await create.locator(".execute").click();
  await expect(status).toContainText("401");
  expect(bad.splice(0).join()).toMatch(/^error: .*401 \(Unauthorized\)$/); // the browser's own line

  await page.getByRole("button", { name: "Authorize", exact: true }).click();
  const dialog = page.locator(".dialog-ux");
  await dialog.locator("input").fill(tokenUntil(600));
  await dialog.getByRole("button", { name: "Apply credentials" }).click();
  await dialog.getByRole("button", { name: "Close" }).click();
  await create.locator("textarea").fill('{"title": "From the reference"}');
  await create.locator(".execute").click();
  await expect(status).toContainText("201");
  await expect(create.locator(".live-responses-table")).toContainText("From the reference");
  expect(await page.evaluate(() => localStorage.length + sessionStorage.length)).toBe(0);
  expect(bad).toEqual([]);
});

test("leads back to the page, and to one operation", async ({ page }) => {
  const bad = await open(page);
  await expect(page).toHaveTitle(/API reference/);
  await expect(page.locator("html")).toHaveAttribute("lang", "en");
  await expect(page.getByRole("link", { name: "Routelet" })).toHaveAttribute("href", "/");
  await operation(page, "get-post");
  const link = page.url();
  expect(link).toMatch(/#\/.*get-post$/);
  await page.goto("about:blank");
  await page.goto(link);
  await expect(page.locator(".opblock.is-open")).toContainText("get-post");
  expect(bad).toEqual([]);
});

for (const [name, width, colorScheme] of [
  ["light", 1200, "light"],
  ["dark", 1200, "dark"],
  ["phone", 375, "dark"],
] as const) {
  test(`fits: ${name}`, async ({ page }) => {
    await page.setViewportSize({ width, height: 900 });
    await page.emulateMedia({ colorScheme });
    const bad = await open(page);
    await operation(page, "create-post");
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(
      0,
    );
    const [light = 0] =
      (await page.evaluate(() => getComputedStyle(document.body).backgroundColor)).match(/\d+/) ?? [];
    expect(Number(light) > 128).toBe(colorScheme === "light");
    await page.screenshot({ path: test.info().outputPath(`${name}.png`) });
    expect(bad).toEqual([]);
  });
}

// What axe finds in the markup of Swagger UI, which is not ours to change.
const SWAGGERS_OWN = [
  "heading-order",
  "label",
  "landmark-unique",
  "nested-interactive",
  "region",
  "select-name",
];

for (const colorScheme of ["light", "dark"] as const) {
  test(`axe finds nothing else than in Swagger UI's own markup: ${colorScheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme });
    await open(page);
    const hello = await operation(page, "hello");
    await hello.locator(".execute").click();
    await expect(hello.locator(".live-responses-table")).toBeVisible();
    await operation(page, "create-post");
    const { violations } = await new AxeBuilder({ page }).analyze();
    const found = violations.filter(({ id }) => !SWAGGERS_OWN.includes(id));
    expect(
      found.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(" ")).join(", ")}`),
    ).toEqual([]);
  });
}
