import { defineConfig } from "vitest/config";

export default defineConfig({
  cacheDir: "../node_modules/.vite",
  test: {
    globalSetup: "tests/api.ts",
    include: ["tests/*.test.ts"],
    sequence: { concurrent: true }, // they wait more than they work
    hookTimeout: 600_000, // the API may have to be built
    testTimeout: 20_000,
  },
});
