/** One API for all test files. */

import type { TestProject } from "vitest/node";

import { startApi } from "./start";

declare module "vitest" {
  interface ProvidedContext {
    apiUrl: string;
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { url, stop } = await startApi();
  project.provide("apiUrl", url);
  return stop;
}
