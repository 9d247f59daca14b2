// Where the author's project lies in Python's file system.
import type { PyodideAPI } from "pyodide";
import { APP_FOLDER } from "./boot_error";
import type { Entry } from "./unzip";

interface Sys {
  path: { insert(at: number, folder: string): void; includes(folder: string): boolean };
}

/** Lays the author's project into the working folder, from which Python imports first. */
export function mount(py: PyodideAPI, project: Entry[]): void {
  py.FS.mkdirTree(APP_FOLDER);
  for (const { name, bytes } of project) {
    const path = `${APP_FOLDER}/${name}`;
    py.FS.mkdirTree(path.slice(0, path.lastIndexOf("/")));
    py.FS.writeFile(path, bytes);
  }
  py.FS.chdir(APP_FOLDER);
  const { path } = py.pyimport("sys") as Sys;
  if (!path.includes(APP_FOLDER)) path.insert(0, APP_FOLDER);
}
