import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";
import { viteSingleFile } from "vite-plugin-singlefile";

import { apiProxy } from "./build/api-proxy.ts";
import { finish } from "./build/finish.ts";
import { links } from "./build/screens.ts";

export default defineConfig({
  plugins: [
    react(),
    links(),
    apiProxy(process.env.API_URL ?? "http://127.0.0.1:3000"),
    viteSingleFile({ outputFileName: "page.html" }),
    finish(),
  ],
  server: { port: 5173, strictPort: true },
  build: {
    outDir: "../dist",
    emptyOutDir: false, // the reference is there, too
    target: ["chrome123", "firefox124", "safari17.5"], // of spring 2024: what `AbortSignal.any` and `light-dark()` need
  },
});
