import type { Plugin, ProxyOptions, ViteDevServer } from "vite";

/** `npm run dev`: what is under /api goes to the API, which runs elsewhere and may not run yet. */
export function apiProxy(api: string): Plugin {
  const missing = `Nothing answers at ${api}. Start the API with \`cargo run\`, or say where it is: API_URL=http://… npm run dev`;

  const options: ProxyOptions = {
    target: api,
    changeOrigin: true, // the API answers to its own name only
    configure(proxy) {
      proxy.on("error", (_error, _request, response) => {
        if ("writeHead" in response && !response.headersSent) {
          response
            .writeHead(502, { "content-type": "application/json" })
            .end(JSON.stringify({ error: missing }));
        }
      });
    },
  };

  async function tell({ config: { logger } }: ViteDevServer) {
    const isThere = await fetch(api).then(
      () => true,
      () => false,
    );
    const say = isThere ? logger.info : logger.warn;
    say(isThere ? `  ➜  /api goes to ${api}` : `  ➜  ${missing}`);
  }

  return {
    name: "api-proxy",
    apply: "serve",
    config: () => ({ server: { proxy: { "/api": options } } }),
    configureServer(server) {
      const { printUrls } = server;
      server.printUrls = () => {
        printUrls();
        void tell(server);
      };
    },
  };
}
