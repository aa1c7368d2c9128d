/** Starts an API. `API_COMMAND` starts another build of what serves it, from the root of the repository. */

import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const command = process.env.API_COMMAND ?? "cargo run --quiet --locked -- --memory --port 0";
const root = fileURLToPath(new URL("../../", import.meta.url));

export interface Api {
  url: string;
  stop: () => Promise<void>;
}

/** An API on a port of its own, with nothing in it: that of the template. `variables` go to its functions. */
export async function startApi({
  template = "template.yaml",
  variables = {},
}: {
  template?: string;
  variables?: Record<string, string>;
} = {}): Promise<Api> {
  // `exec`, so that the signal reaches the API and not a shell.
  const api = spawn("sh", ["-c", `exec ${command} --template ${template}`], {
    cwd: root,
    env: { ...process.env, ...variables },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const ended = once(api, "exit");
  const stop = async () => {
    api.kill("SIGINT");
    await ended;
  };
  for await (const line of createInterface(api.stdout)) {
    const url = /^API\s+(http:\S+)/.exec(line)?.[1];
    if (url !== undefined) {
      api.stdout.resume();
      return { url, stop };
    }
  }
  throw new Error(`\`${command}\` ended before it had an address`);
}
