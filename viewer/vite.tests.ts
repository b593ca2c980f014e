/** Bundles the tests of core/ for node: `npm test` runs them. */

import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defineConfig } from "vite";

export default defineConfig({
  root: import.meta.dirname,
  plugins: [svelte()],
  build: { ssr: "tests/core.test.ts", outDir: "dist/tests", emptyOutDir: true, target: "node20" },
});
