import { defineConfig } from "@playwright/test";

import { browser } from "../testing/browser";

export default defineConfig({
  testDir: "tests",
  outputDir: "../node_modules/.cache/reference",
  fullyParallel: true,
  workers: 2,
  reporter: "list",
  use: browser,
});
