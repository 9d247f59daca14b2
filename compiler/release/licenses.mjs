// The licences of all packages whose code or data the pack holds, as one text for the wheel.

import fs from "node:fs";
import path from "node:path";

const PACKAGE = /^(.*\/node_modules\/(?:@[^/]+\/)?[^/]+)\//;

/** Returns the notices of the packages that `moduleIds` lie in, sorted by name. */
export function licenseNotices(nodeModules, moduleIds, others) {
  const folders = new Set(others.map((name) => path.join(nodeModules, name)));
  for (const id of moduleIds) {
    const found = PACKAGE.exec(id.replaceAll("\\", "/"));
    if (found) folders.add(path.normalize(found[1]));
  }
  const notices = [...folders].map((folder) => {
    const { name, version, license } = JSON.parse(
      fs.readFileSync(path.join(folder, "package.json"), "utf8"),
    );
    const file = fs.readdirSync(folder).find((entry) => /^(licen[cs]e|copying)/i.test(entry));
    const text = file ? fs.readFileSync(path.join(folder, file), "utf8").trim() : "";
    return `${name} ${version} (${license})\n\n${text}`.trim();
  });
  return `${[...new Set(notices)].sort().join(`\n\n${"-".repeat(78)}\n\n`)}\n`;
}
