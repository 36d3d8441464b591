import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

const SERVER = process.env.PARALLAX_URL ?? "http://127.0.0.1:4000";
const toServer = Object.fromEntries(["/graphql", "/media", "/uploads"].map((path) => [path, SERVER]));

/** `npm run dev:page` serves the page with hot reload in front of a running server; set-up builds it into dist/web. */
export const config = defineConfig({
  root: import.meta.dirname,
  // The page may be served under any path: it finds its files and the server beside itself.
  base: "./",
  plugins: [react()],
  build: {
    outDir: "../dist/web",
    emptyOutDir: true,
    target: "es2022",
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
  },
  server: { proxy: toServer },
});

export default config;
