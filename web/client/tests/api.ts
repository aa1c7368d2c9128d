/** Starts the API for the tests. `API_COMMAND` starts another build of it, from the root of the repository. */

import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import type { TestProject } from "vitest/node";

declare module "vitest" {
  interface ProvidedContext {
    apiUrl: string;
  }
}

const command = process.env.API_COMMAND ?? "cargo run --quiet --locked -- --memory --port 0";
const root = fileURLToPath(new URL("../../../", import.meta.url));

export default async function start(project: TestProject): Promise<() => Promise<void>> {
  // `exec`, so that the signal reaches the API and not a shell.
  const api = spawn("sh", ["-c", `exec ${command}`], { cwd: root, stdio: ["ignore", "pipe", "inherit"] });
  const ended = once(api, "exit");
  for await (const line of createInterface(api.stdout)) {
    const url = /^API\s+(http:\S+)/.exec(line)?.[1];
    if (url !== undefined) {
      project.provide("apiUrl", url);
      api.stdout.resume();
      return async () => {
        api.kill("SIGINT");
        await ended;
      };
    }
  }
  throw new Error(`\`${command}\` ended before it had an address`);
}
