/** The reference page: everything that the document has, to try on this origin, and nothing from elsewhere. */

import AxeBuilder from "@axe-core/playwright";
import { expect, test, type Page } from "@playwright/test";

import { startApi } from "../../testing/api";
import { AUTH_JWKS, tokenUntil } from "../../testing/tokens";

let api: { url: string; stop: () => Promise<void> };

test.beforeAll(async () => {
  test.setTimeout(600_000); // the API may have to be built
  api = await startApi({ variables: { AUTH_JWKS } });
});

test.afterAll(() => api.stop());

interface Operation {
  operationId: string;
  method: string;
  path: string;
  requestBody?: unknown;
  security?: object[];
}

async function operations(): Promise<Operation[]> {
  const { paths } = await (await fetch(`${api.url}/api/openapi.json`)).json();
  const methods = ["get", "post", "put", "patch", "delete", "head", "options"];
  return Object.entries<Record<string, Operation>>(paths).flatMap(([path, item]) =>
    Object.entries(item).flatMap(([method, operation]) =>
      methods.includes(method) ? [{ ...operation, method, path }] : [],
    ),
  );
}

/** A read that is tried as it is; the document itself is one. */
async function read(): Promise<Operation> {
  const [found] = (await operations()).filter(({ method, path }) => method === "get" && !path.includes("{"));
  return found as Operation;
}

/** One with a body to write, where there is one. */
async function largest(): Promise<Operation> {
  return (await operations()).find(({ requestBody }) => requestBody) ?? read();
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

test("lists every operation of the document", async ({ page }) => {
  const bad = await open(page);
  const shown = await page.locator(".opblock-summary-operation-id").allTextContents();
  const declared = (await operations()).map(({ operationId }) => operationId);
  expect(shown.sort()).toEqual(declared.sort());
  expect(declared.length).toBeGreaterThan(0);
  expect(bad).toEqual([]);
});

test("tries a GET on the same origin", async ({ page }) => {
  const bad = await open(page);
  const { operationId, path } = await read();
  const block = await operation(page, operationId);
  await block.locator(".execute").click();
  const answer = block.locator(".live-responses-table");
  await expect(answer.locator(".response .response-col_status")).toContainText("200");
  const [first = ""] = Object.keys(await (await fetch(api.url + path)).json());
  await expect(answer).toContainText(first);
  await expect(answer).toContainText("Request duration");
  await expect(answer).toContainText("x-request-id");
  await expect(block.locator(".request-url")).toContainText(api.url + path);
  expect(bad).toEqual([]);
});

test("sends a token, which it forgets with the page", async ({ page }) => {
  const guarded = (await operations()).find(({ method, security }) => method === "post" && security?.length);
  test.skip(guarded === undefined, "no POST takes a token");
  const bad = await open(page);
  const block = await operation(page, guarded?.operationId ?? "");
  const status = block.locator(".live-responses-table .response .response-col_status");
  await block.locator(".execute").click(); // with the example of the document
  await expect(status).toContainText("401");
  expect(bad.splice(0).join()).toMatch(/^error: .*401 \(Unauthorized\)$/); // the browser's own line

  await page.getByRole("button", { name: "Authorize", exact: true }).click();
  const dialog = page.locator(".dialog-ux");
  await dialog.locator("input").fill(tokenUntil(600));
  await dialog.getByRole("button", { name: "Apply credentials" }).click();
  await dialog.getByRole("button", { name: "Close" }).click();
  await block.locator(".execute").click();
  await expect(status).toContainText(/20[01]/);
  expect(await page.evaluate(() => localStorage.length + sessionStorage.length)).toBe(0);
  expect(bad).toEqual([]);
});

test("leads back to the page, if the API has one", async ({ page }) => {
  await open(page);
  const hasPage = (await operations()).some(({ path }) => path === "/");
  await expect(page.locator('.bar a[href="/"]')).toBeVisible({ visible: hasPage });
});

test("has an address for each operation", async ({ page }) => {
  const bad = await open(page);
  await expect(page).toHaveTitle(/API reference/);
  await expect(page.locator("html")).toHaveAttribute("lang", "en");
  const { operationId } = await largest();
  await operation(page, operationId);
  const link = page.url();
  expect(link).toMatch(new RegExp(`#/.*${operationId}$`));
  await page.goto("about:blank");
  await page.goto(link);
  await expect(page.locator(".opblock.is-open")).toContainText(operationId);
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
    await operation(page, (await largest()).operationId);
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
    const { operationId } = await read();
    const block = await operation(page, operationId);
    await block.locator(".execute").click();
    await expect(block.locator(".live-responses-table")).toBeVisible();
    await operation(page, (await largest()).operationId);
    const { violations } = await new AxeBuilder({ page }).analyze();
    const found = violations.filter(({ id }) => !SWAGGERS_OWN.includes(id));
    expect(
      found.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(" ")).join(", ")}`),
    ).toEqual([]);
  });
}
