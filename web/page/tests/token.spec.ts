/** Where a person enters the token. */

import { expect, test } from "./fixtures";

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
