/** The client of the API of these tests, as `src/index.ts` is the client of this project's own. */

import type { Client } from "openapi-fetch";

import { createClientOf, type ApiClientOptions } from "../src/client";
import { keyedPaths, type paths } from "./schema";

export * from "../src";
export type { components, paths } from "./schema";

export type ApiClient = Client<paths>;

export function createClient(options?: ApiClientOptions): ApiClient {
  return createClientOf<paths>(keyedPaths, options);
}
