import { createHash } from "node:crypto";
import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defineConfig, type Plugin } from "vite";
import { viteSingleFile } from "vite-plugin-singlefile";

const HERE = import.meta.dirname;
const APART = new Set(["node_modules", "dist", ".vite"]);

/** All files the page is made of, in a fixed order. */
function sources(folder: string): string[] {
  const found: string[] = [];
  for (const name of readdirSync(folder).sort()) {
    if (APART.has(name)) continue;
    const path = join(folder, name);
    if (statSync(path).isDirectory()) found.push(...sources(path));
    else found.push(path);
  }
  return found;
}

/** SHA-256 over names and contents: a page whose source has changed since is found without node. */
function sourceHash(): string {
  const names = sources(HERE).map((path) => relative(HERE, path).split(sep).join("/"));
  const hash = createHash("sha256");
  for (const name of names.sort()) {
    hash.update(`${name}\0`);
    hash.update(readFileSync(join(HERE, name)));
    hash.update("\0");
  }
  return hash.digest("hex");
}

const NOTICE = `
Built from viewer/ of Headlong (BSD-3-Clause). Bundles parts of:
svelte (MIT), Copyright (c) 2016-2025 Svelte Contributors. The MIT licence: permission is hereby granted, free of
charge, to any person obtaining a copy of this software and associated documentation files, to deal in the software
without restriction, including without limitation the rights to use, copy, modify, merge, publish, distribute,
sublicense, and/or sell copies of the software, provided that the above copyright notice and this permission notice
are included in all copies or substantial portions of it. The software is provided "as is", without warranty of any kind.
esm-env, clsx (MIT), Copyright (c) Ben McCann; (c) Luke Edwards; same terms.
Shapes of countries: Natural Earth, public domain.
`;

const SIGNS = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
/** Scope of a component's styles, as short as can be: a letter, and a sign for its place among all components. */
function scope(filename: string): string {
  const all = sources(HERE).filter((path) => path.endsWith(".svelte"));
  const at = all.indexOf(join(HERE, relative(HERE, filename)));
  return `s${SIGNS[at] ?? at}`;
}

/** Names of Svelte's errors instead of their addresses: shorter, and the page asks for nothing anyway. */
function named(): Plugin {
  return {
    name: "named",
    transform: (code, id) => (id.includes("svelte/src/internal") ? code.replaceAll("https://svelte.dev/e/", "svelte: ") : null),
  };
}

/** Allow this page's own script and no other; name the sources it was built from. */
function seal(): Plugin {
  return {
    name: "seal",
    apply: "build",
    closeBundle() {
      const path = join(HERE, "dist", "index.html");
      const html = readFileSync(path, "utf-8");
      const scripts = [...html.matchAll(/<script type="module"[^>]*>([\s\S]*?)<\/script>/g)];
      if (scripts.length !== 1 || !scripts[0][1]) throw new Error("the page must hold one script");
      const digest = createHash("sha256").update(scripts[0][1]).digest("base64");
      const policy =
        `default-src 'none'; script-src 'sha256-${digest}'; style-src 'unsafe-inline'; img-src data: blob:; ` +
        `connect-src 'self'; base-uri 'none'; form-action 'none'`;
      const sealed =
        `<meta charset="utf-8" />\n    <!--${NOTICE}-->\n    <meta http-equiv="Content-Security-Policy" content="${policy}" />\n` +
        `    <meta name="headlong-source" content="${sourceHash()}" />`;
      const bare = html.replace('<style rel="stylesheet" crossorigin>', "<style>").replace("/*$vite$:1*/", "");
      writeFileSync(path, bare.replace('<meta charset="utf-8" />', () => sealed));
    },
  };
}

export default defineConfig({
  root: HERE,
  plugins: [named(), svelte({ compilerOptions: { discloseVersion: false, cssHash: ({ filename }) => scope(filename) } }), viteSingleFile({ removeViteModuleLoader: true }), seal()],
  build: { target: "es2022", outDir: "dist", emptyOutDir: true, modulePreload: false, reportCompressedSize: false },
});
