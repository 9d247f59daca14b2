// Bundles what an app wraps: packages of npm, and files of its own.
//
//   node bundle.mjs < request.json > answer.json
//
// The request holds the entries ({chunk, module, path, names}), the folder that npm installs into,
// the table of modules that the site has itself, and where npm's own library lies. The answer has
// the browser's chunks, in which `CHUNK("…")` stands for another chunk's address, and one script
// for the engine that renders pages.

import fs from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { text } from "node:stream/consumers";

const ENTRY = "wasmrx-entry:";
const SITE = "wasmrx:";
const PART = "wasmrx-part:";
const ASSETS = [
  ...["png", "jpg", "jpeg", "gif", "svg", "webp", "avif", "ico", "woff", "woff2", "ttf", "otf"],
  ...["eot", "mp3", "mp4", "webm", "ogg", "wav", "wasm", "glb", "gltf", "hdr", "pdf"],
];
const quote = JSON.stringify;

const request = JSON.parse(await text(process.stdin));
const require = createRequire(path.join(request.folder, "package.json"));
const esbuild = require("esbuild");

/** Returns the source of an entry: exactly the names that the app's pages use. */
function entrySource({ module, path: file, names }) {
  const from = quote(file ?? module);
  const single = names.filter((name) => name && name !== "*");
  const parts = [`import ${from};`];
  if (single.length) parts.push(`export {${single.join(",")}} from ${from};`);
  if (names.includes("*")) parts.push(`import * as all from ${from};export {all as ${request.all}};`);
  return parts.join("");
}

/**
 * Returns the source that stands for a module of the site's own, such as React, or for one of its
 * parts. Each name is passed on by itself, so that what a package does not use is left out.
 */
function siteSource(module) {
  if (module.startsWith(PART)) {
    const alias = module.slice(PART.length);
    return `export {${request.parts[alias]}} from ${quote(SITE + alias)};`;
  }
  const names = Object.entries(request.shared[module]);
  return names
    .map(([name, [alias, there]]) => {
      if (there === "*" && name !== "default") return `export * as ${name} from ${quote(PART + alias)};`;
      return `export {${there === "*" ? "default" : there} as ${name}} from ${quote(SITE + alias)};`;
    })
    .join("");
}

/** Returns the only alias that has all of a module's names; undefined where there are several. */
function onlyAlias(module) {
  const aliases = new Set(Object.values(request.shared[module]).map(([alias]) => alias));
  return aliases.size === 1 ? [...aliases][0] : undefined;
}

/** Lets an import go to the site itself; `require` needs a module that stands for it. */
function siteTarget({ path: module, kind }) {
  const alias = kind === "import-statement" && onlyAlias(module);
  if (alias) return { path: SITE + alias, external: true, sideEffects: false };
  return { path: module, namespace: "site", sideEffects: false };
}

/** Resolves the entries, and lets every package take React and its like from the site. */
const plugin = {
  name: "wasmrx",
  setup(build) {
    build.onResolve({ filter: new RegExp(`^${ENTRY}`) }, (found) => ({
      path: found.path,
      namespace: "entry",
    }));
    build.onResolve({ filter: new RegExp(`^${SITE}`) }, (found) => ({
      path: found.path,
      external: true,
      sideEffects: false,
    }));
    build.onResolve({ filter: /^[a-z@]/ }, (found) =>
      found.path in request.shared
        ? siteTarget(found)
        : undefined,
    );
    build.onResolve({ filter: new RegExp(`^${PART}`) }, (found) => ({
      path: found.path,
      namespace: "site",
      sideEffects: false,
    }));
    build.onLoad({ filter: /.*/, namespace: "entry" }, (found) => {
      const which = found.path.slice(ENTRY.length);
      const contents =
        which === "render"
          ? `exports.load={${request.rendered.map((i) => `${quote(request.entries[i].chunk)}:()=>require("${ENTRY}${i}")`)}}`
          : entrySource(request.entries[which]);
      return { contents, resolveDir: request.folder, loader: "js" };
    });
    build.onLoad({ filter: /.*/, namespace: "site" }, (found) => ({
      contents: siteSource(found.path),
      loader: "js",
    }));
  },
};

const COMMON = {
  bundle: true,
  minify: true,
  write: false,
  metafile: true,
  logLevel: "silent",
  platform: "browser",
  target: "es2022",
  charset: "utf8",
  jsx: "automatic",
  outdir: path.join(request.folder, "out"),
  absWorkingDir: request.folder,
  nodePaths: [path.join(request.folder, "node_modules")],
  tsconfigRaw: { compilerOptions: { jsx: "react-jsx" } },
  define: { "process.env.NODE_ENV": '"production"', global: "globalThis" },
  assetNames: "npm-[name]-[hash]",
  loader: { ".js": "jsx", ...Object.fromEntries(ASSETS.map((end) => [`.${end}`, "file"])) },
  plugins: [plugin],
};

function buildForBrowser() {
  return esbuild.build({
    ...COMMON,
    format: "esm",
    splitting: true,
    entryPoints: request.entries.map((_, i) => ({ in: `${ENTRY}${i}`, out: `e${i}` })),
    chunkNames: "c-[hash]",
  });
}

function buildForRender() {
  return esbuild.build({
    ...COMMON,
    format: "cjs",
    entryPoints: [{ in: `${ENTRY}render`, out: "render" }],
    loader: { ...COMMON.loader, ".css": "empty", ".module.css": "local-css" },
  });
}

const nameOf = (file) => path.basename(file);

/** Returns the name under which the linker knows an output of the browser's build. */
function chunkName(file) {
  const entry = /^e(\d+)\.js$/.exec(file);
  return entry ? request.entries[entry[1]].chunk : `npm~${file.replace(/\.js$/, "")}`;
}

/** Writes addresses of other outputs as the linker's, and those of files relative to the chunk. */
function linked(code, names) {
  return code.replace(/(["'`])(\.\/[\w.-]+|wasmrx:[^"'`\s]+)\1/g, (whole, _, address) => {
    if (address.startsWith(SITE)) return `CHUNK(${quote(`site:${address.slice(SITE.length)}`)})`;
    const name = address.slice(2);
    if (!names.has(name)) return whole;
    if (name.endsWith(".js")) return `CHUNK(${quote(chunkName(name))})`;
    return `new URL(${quote(address)},import.meta.url).href`;
  });
}

/** Returns the stylesheets of an entry, and of what it imports at once or later. */
function stylesOf(file, outputs) {
  const seen = new Set();
  const visit = (name) => {
    if (seen.has(name) || !outputs[name]) return;
    seen.add(name);
    for (const { path: target, external } of outputs[name].imports) if (!external) visit(target);
  };
  visit(file);
  const sheets = [...seen].map((name) => outputs[name].cssBundle).filter(Boolean);
  return [...new Set(sheets)].map(nameOf);
}

function browserAnswer({ outputFiles, metafile }) {
  const names = new Set(outputFiles.map((file) => nameOf(file.path)));
  const answer = { chunks: {}, styles: {}, files: {} };
  const metas = Object.entries(metafile.outputs);
  for (const file of outputFiles) {
    const name = nameOf(file.path);
    if (!name.endsWith(".js")) {
      answer.files[name] = Buffer.from(file.contents).toString("base64");
      continue;
    }
    const [key, meta] = metas.find(([output]) => nameOf(output) === name);
    const imports = meta.imports
      .filter(({ kind }) => kind === "import-statement")
      .map(({ path: target, external }) =>
        external ? `site:${target.slice(SITE.length)}` : chunkName(nameOf(target)),
      );
    answer.chunks[chunkName(name)] = { text: linked(file.text, names), imports: [...new Set(imports)].sort() };
    if (meta.entryPoint) answer.styles[chunkName(name)] = stylesOf(key, metafile.outputs);
  }
  return answer;
}

/** Returns the app's own files among the inputs. */
function localFiles(metafile) {
  const installed = path.join(request.folder, "node_modules") + path.sep;
  return Object.keys(metafile.inputs)
    .filter((input) => !/^(entry|site):/.test(input))
    .map((input) => path.resolve(request.folder, input))
    .filter((file) => !file.startsWith(installed) && fs.existsSync(file))
    .sort();
}

/** Returns, for packages that ask for another version of what the site has, who asks for what. */
function misfits() {
  let semver;
  try {
    semver = createRequire(fs.realpathSync(request.npm))("semver");
  } catch {
    return [];
  }
  const lock = JSON.parse(fs.readFileSync(path.join(request.folder, "package-lock.json"), "utf8"));
  const found = [];
  for (const [place, given] of Object.entries(lock.packages)) {
    const [, name] = /(?:^|\/)node_modules\/((?:@[^/]+\/)?[^/]+)$/.exec(place) ?? [];
    if (!name || given.dev || name in request.versions) continue;
    const entry = given.link ? lock.packages[given.resolved] : given;
    for (const [other, version] of Object.entries(request.versions)) {
      const range = entry.peerDependencies?.[other] ?? entry.dependencies?.[other];
      if (range && !semver.satisfies(version, range, { includePrerelease: true }))
        found.push({ name, version: entry.version, other, range });
    }
  }
  return found;
}

const plain = ({ text: words, location, notes }) => ({
  text: words,
  file: location?.file ?? "",
  line: location?.line ?? 0,
  notes: notes.map((note) => note.text),
});

async function renderAnswer() {
  if (!request.rendered.length) return { render: "", renderError: "" };
  try {
    const { outputFiles } = await buildForRender();
    const script = outputFiles.find((file) => file.path.endsWith(".js")).text;
    const names = new Set(outputFiles.map((file) => nameOf(file.path)));
    const placed = script.replace(/(["'`])\.\/([\w.-]+)\1/g, (whole, _, name) =>
      names.has(name) ? quote(`${request.fileMark}${name}`) : whole,
    );
    return { render: placed, renderError: "" };
  } catch (error) {
    return { render: "", renderError: error.errors?.[0]?.text ?? String(error) };
  }
}

async function answer() {
  try {
    const built = await buildForBrowser();
    return {
      ...browserAnswer(built),
      ...(await renderAnswer()),
      inputs: localFiles(built.metafile),
      misfits: misfits(),
    };
  } catch (error) {
    if (!error.errors) throw error;
    return { errors: error.errors.map(plain) };
  }
}

process.stdout.write(JSON.stringify(await answer()));
