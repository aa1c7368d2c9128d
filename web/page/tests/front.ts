/** The page that was just built, before an API whose own is older: no Rust has to be built to try a change. */

import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { createServer, request as send } from "node:http";
import type { AddressInfo } from "node:net";

import { screenLinks } from "../build/screens";

export async function serveFront(api: string): Promise<{ url: string; stop: () => Promise<void> }> {
  const page = readFileSync(new URL("../../dist/page.html", import.meta.url), "utf8");
  const paths = ["/", ...screenLinks().map(({ path }) => path)];
  const headers = { "content-type": "text/html; charset=utf-8", "content-security-policy": policy(page) };
  const server = createServer((request, response) => {
    if (paths.includes(new URL(request.url ?? "", api).pathname)) {
      response.writeHead(200, headers).end(page);
      return;
    }
    const { host: _host, ...forwarded } = request.headers;
    const { method } = request;
    const onward = send(new URL(request.url ?? "", api), { method, headers: forwarded }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    onward.on("error", () => response.destroy());
    request.pipe(onward);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const stop = async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, stop };
}

/** As the API's: see embed/src/policy.rs. */
function policy(html: string): string {
  const hash = (element: string) => {
    const content = new RegExp(`<${element}[^>]*>([^]*?)</${element}>`).exec(html)?.[1] ?? "";
    return `'sha256-${createHash("sha256").update(content).digest("base64")}'`;
  };
  return [
    "default-src 'none'",
    `script-src ${hash("script")}`,
    `style-src ${hash("style")}`,
    "img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  ].join("; ");
}
