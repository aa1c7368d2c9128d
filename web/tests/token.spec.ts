/** An API that wants a token for changes. */

import { expect, test, writePost } from "./fixtures";
import { AUTH_JWKS, tokenUntil } from "./tokens";

test.use({ variables: { AUTH_JWKS } });

test("a change without a token leads to the field for it, and then is made", async ({ page }) => {
  await page.goto("/posts");
  await writePost(page);
  const create = page.getByRole("button", { name: "Create Post" });
  await create.click();
  const alert = page.getByRole("form", { name: "Create Post" }).getByRole("alert");
  await expect(alert).toContainText("This needs a valid token.");
  const enter = alert.getByRole("button", { name: "Enter a token" });
  await enter.click();
  const dialog = page.getByRole("dialog", { name: "Token" });
  await expect(dialog.getByLabel("Bearer token")).toBeFocused();

  await dialog.getByLabel("Bearer token").fill(tokenUntil(-3600));
  await page.keyboard.press("Enter");
  await expect(dialog).toBeHidden();
  await expect(enter).toBeFocused();
  await create.click();
  await expect(alert).toContainText("This needs a valid token."); // it has expired

  await enter.click();
  await dialog.getByLabel("Bearer token").fill(`Bearer ${tokenUntil(600)}`);
  await dialog.getByRole("button", { name: "Use token" }).click();
  await create.click();
  await expect(page.getByRole("listitem", { name: "React Hooks" })).toBeVisible();
});

test("the token goes with the page from screen to screen, and is stored nowhere", async ({
  page,
  context,
}) => {
  await page.goto("/posts");
  await page.getByRole("button", { name: "Token" }).click();
  await page.getByLabel("Bearer token").fill(tokenUntil(600));
  await page.keyboard.press("Enter");
  await page.getByRole("link", { name: "Tasks" }).click();
  await page.getByLabel("Title").fill("With a token");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("checkbox", { name: "With a token" })).toBeVisible();
  const stored = await page.evaluate(async () => {
    const databases = await indexedDB.databases();
    return [localStorage.length, sessionStorage.length, databases.length, document.cookie];
  });
  expect(stored).toEqual([0, 0, 0, ""]);
  expect((await context.storageState()).origins).toEqual([]);
  await expect(page.getByRole("complementary")).not.toContainText("Bearer");

  await page.getByRole("button", { name: "Token set" }).click();
  await page.getByRole("button", { name: "Forget it" }).click();
  await page.getByRole("checkbox", { name: "With a token" }).click();
  await expect(page.getByText("This needs a valid token.")).toBeVisible();
  await expect(page.getByRole("checkbox", { name: "With a token" })).not.toBeChecked();
});

test("the token can be checked", async ({ page }) => {
  await page.goto("/");
  const example = page.getByRole("form", { name: "Your token" });
  await example.getByRole("button").click();
  await expect(example.getByRole("status")).toHaveText('401 {"error":"Unauthorized"}');
  await page.getByRole("button", { name: "Token" }).click();
  await page.getByLabel("Bearer token").fill(tokenUntil(600));
  await page.keyboard.press("Enter");
  await example.getByRole("button").click();
  await expect(example.getByRole("status")).toHaveText('200 {"authorized":true}');
});

test("what can't be a token is said at its field", async ({ page }) => {
  await page.goto("/");
  await page.getByRole("button", { name: "Token" }).click();
  const field = page.getByLabel("Bearer token");
  for (const text of ["", "two words", "käse"]) {
    await field.fill(text);
    await page.keyboard.press("Enter");
    await expect(field).toHaveAccessibleDescription(/A token is one word/);
    await expect(field).toHaveAttribute("aria-invalid", "true");
  }
  await page.getByRole("button", { name: "Cancel" }).click();
  await expect(page.getByRole("button", { name: "Token" })).toBeFocused();
});
