// Writes the pages' HTML, as the build does.

import fs from "node:fs";
import path from "node:path";
import { render } from "wasmrx/server";
import { about, docs, home, initial, Root } from "./app.js";

const out = process.argv[2];
const pages = { "/": home, "/about": about, "/docs": docs };

const shell = (html, up, title) => `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><link rel="icon" href="data:,"><title>${title}</title>
<script src="${up}wasmrx/early.js"></script>
<script type="module" src="${up}wasmrx/main.js"></script>
</head><body><div id="root">${html}</div></body></html>
`;

for (const [route, { Page }] of Object.entries(pages)) {
  const up = "../".repeat(route.split("/").filter(Boolean).length) || "./";
  const html = render(Root, Page, initial, route, {});
  fs.mkdirSync(path.join(out, route), { recursive: true });
  fs.writeFileSync(path.join(out, route, "index.html"), shell(html, up, "Rendered"));
}
const tries = ["./", "../", "../../", "../../../"];
const scripts = tries.map((up) => `<script type="module" src="${up}wasmrx/main.js"></script>`);
fs.writeFileSync(
  path.join(out, "404.html"),
  `<!doctype html><html lang="en"><head><meta charset="utf-8"><link rel="icon" href="data:,"><title>404</title>${scripts.join("")}</head><body><div id="root"></div></body></html>`,
);
