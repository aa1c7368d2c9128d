/** `/api/docs` and `/api/openapi.json` as the API serves them, before an API. */

import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";
import { fileURLToPath } from "node:url";

const html = readFileSync(new URL("../dist/reference.html", import.meta.url), "utf8");

/** The hash of the one element of this name, as a content security policy names it. */
function hash(element: string): string {
  const open = html.indexOf(`<${element}>`) + element.length + 2;
  const content = html.slice(open, html.indexOf(`</${element}>`, open));
  return `'sha256-${createHash("sha256").update(content).digest("base64")}'`;
}

const policy = [
  "default-src 'none'",
  `script-src ${hash("script")}`,
  `style-src ${hash("style")}`,
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join("; ");

const source = fileURLToPath(new URL("../../openapi.yaml", import.meta.url));
const json = execFileSync("npx", ["redocly", "bundle", source, "--ext", "json"], {
  encoding: "utf8",
  env: { ...process.env, REDOCLY_TELEMETRY: "off", REDOCLY_SUPPRESS_UPDATE_NOTICE: "true" },
  stdio: ["ignore", "pipe", "ignore"],
});

export const openapi: { paths: Record<string, Record<string, { operationId: string }>> } = JSON.parse(json);

export async function serveReference(api: string): Promise<{ url: string; stop: () => Promise<void> }> {
  const server = createServer(async (request, response) => {
    const { url = "", method = "", headers } = request;
    if (url === "/api/docs") {
      const type = "text/html; charset=utf-8";
      response.writeHead(200, { "content-type": type, "content-security-policy": policy }).end(html);
    } else if (url === "/api/openapi.json") {
      response.writeHead(200, { "content-type": "application/json" }).end(json);
    } else {
      const { host: _host, connection: _connection, ...forwarded } = headers;
      const body = await buffer(request);
      const answer = await fetch(api + url, {
        method,
        headers: forwarded as Record<string, string>,
        ...(body.length > 0 ? { body } : {}),
      });
      response
        .writeHead(answer.status, Object.fromEntries(answer.headers))
        .end(Buffer.from(await answer.arrayBuffer()));
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const stop = async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, stop };
}
