// Bundles GraphiQL into ../built, where Go embeds it. Every name carries a hash
// of what is inside; entry.json says with which files the page begins.
import { createHash } from "node:crypto";
import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const out = join(here, "..", "built");

// The pages use the system's fonts; GraphiQL brings 34 of its own.
const withoutFonts = {
  name: "without fonts",
  setup(b) {
    b.onLoad({ filter: /[\\/]graphiql[\\/]dist[\\/]style\.css$/ }, async ({ path }) => ({
      contents: (await readFile(path, "utf8")).replace(/@font-face\s*\{[^}]*\}/g, ""),
      loader: "css",
    }));
  },
};

// licences are those of the packages in the bundle: most ask to go along.
async function licences(inputs) {
  const folders = new Set(Object.keys(inputs).map((path) => path.match(/^.*node_modules\/(?:@[^/]+\/)?[^/]+/)?.[0]).filter(Boolean));
  const texts = [];
  for (const folder of [...folders].sort()) {
    const { name, version, license } = JSON.parse(await readFile(join(here, folder, "package.json"), "utf8"));
    const file = (await readdir(join(here, folder))).find((entry) => /^licen[cs]e(\.|-mit|$)/i.test(entry));
    const text = file ? await readFile(join(here, folder, file), "utf8") : "";
    texts.push(`${name} ${version} (${license})\n\n${text.trim()}\n`);
  }
  return texts.join(`\n${"-".repeat(72)}\n\n`);
}

async function clean() {
  await mkdir(out, { recursive: true });
  for (const name of await readdir(out)) if (name !== ".gitignore") await rm(join(out, name));
}

await clean();
const { metafile } = await build({
  absWorkingDir: here,
  entryPoints: { explorer: "src/explorer.jsx" },
  outdir: out,
  entryNames: "[name]-[hash]",
  chunkNames: "[name]-[hash]",
  bundle: true,
  splitting: true,
  format: "esm",
  target: "es2022",
  minify: true,
  jsx: "automatic",
  define: { "process.env.NODE_ENV": '"production"' },
  legalComments: "none", // the licences stand in a file of their own
  plugins: [withoutFonts],
  metafile: true,
});

const text = await licences(metafile.inputs);
const [script, { cssBundle }] = Object.entries(metafile.outputs).find(([, file]) => file.entryPoint === "src/explorer.jsx");
const names = {
  script: basename(script),
  style: basename(cssBundle),
  licences: `licences-${createHash("sha256").update(text).digest("hex").slice(0, 8).toUpperCase()}.txt`,
};
await writeFile(join(out, names.licences), text);
// Last: whoever finds it finds everything.
await writeFile(join(out, "entry.json"), JSON.stringify(names) + "\n");

const size = Object.values(metafile.outputs).reduce((sum, file) => sum + file.bytes, 0);
console.log(`The explorer is built: ${(size / 1024).toFixed(0)} KiB in ${Object.keys(metafile.outputs).length} files.`);
