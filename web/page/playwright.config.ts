import { defineConfig } from "@playwright/test";

import { browser } from "../testing/browser";

export default defineConfig({
  testDir: "tests",
  outputDir: "../node_modules/.cache/page",
  fullyParallel: true,
  workers: 2,
  reporter: "list",
  use: browser,
  projects: [
    { name: "page", testIgnore: "**/screenshots.spec.ts" },
    { name: "screenshots", testMatch: "**/screenshots.spec.ts" },
    // Alone, after the others, and once more if the machine was busy with something else.
    { name: "paint", testMatch: "paint.ts", dependencies: ["page"], workers: 1, retries: 2 },
  ],
});
