/** One API for all test files: the one that routelet is tested with, which has books and labels. */

import type { TestProject } from "vitest/node";

import { startApi } from "../../testing/api";

declare module "vitest" {
  interface ProvidedContext {
    apiUrl: string;
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { url, stop } = await startApi({ template: "routelet/tests/template.yaml" });
  project.provide("apiUrl", url);
  return stop;
}
