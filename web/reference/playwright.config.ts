import { defineConfig } from "@playwright/test";

import { browser } from "../testing/browser";

export default defineConfig({
  testDir: "tests",
  outputDir: "../node_modules/.cache/reference",
  fullyParallel: true,
  workers: 2,
  timeout: 90_000, // axe has much to look at in Swagger UI
  reporter: "list",
  use: browser,
});
