// A zone that takes files: dropped, or chosen in the browser's dialog by a click or a key.
//
// The field for files stands in it unseen, not hidden: it gets the focus and is what assistive
// technology finds, named by what the zone shows.

import {
  createElement,
  type DragEvent,
  type HTMLAttributes,
  type MouseEvent,
  type ReactElement,
  type ReactNode,
  useEffect,
  useId,
  useRef,
  useState,
} from "react";
import { runAction } from "../actions.ts";
import { choose, type Dropped, enter } from "./uploads.ts";

type Accept = Record<string, readonly string[]> | readonly string[] | string | null;

interface Limits {
  accept?: Accept;
  multiple?: boolean;
  maxFiles?: number;
  maxSize?: number;
  minSize?: number;
}

interface Refusal {
  code: string;
  message: string;
}

interface Rejection {
  file: { path: string; name: string; size: number; type: string; lastModified: number };
  errors: Refusal[];
}

interface DropZoneProps extends Limits, Omit<HTMLAttributes<HTMLDivElement>, "onDrop"> {
  disabled?: boolean;
  noClick?: boolean;
  noDrag?: boolean;
  noKeyboard?: boolean;
  onDrop?: (files: Dropped) => void;
  onDropRejected?: (rejected: Rejection[]) => void;
  children?: ReactNode;
}

const UNSEEN = {
  position: "absolute",
  width: 1,
  height: 1,
  margin: -1,
  padding: 0,
  border: 0,
  opacity: 0,
  overflow: "hidden",
  clipPath: "inset(50%)",
  pointerEvents: "none",
} as const;

/** Returns the types and endings that are taken; none stand for all. */
function accepted(accept: Accept | undefined): string[] {
  if (!accept) return [];
  if (typeof accept === "string") return accept.split(",").map((each) => each.trim());
  if (Array.isArray(accept)) return accept.map(String);
  return Object.entries(accept as Record<string, string[]>).flatMap(([type, ends]) => [
    type,
    ...ends,
  ]);
}

function fits({ name, type }: File, rules: string[]): boolean {
  return rules.some((rule) => {
    if (rule.startsWith(".")) return name.toLowerCase().endsWith(rule.toLowerCase());
    return rule.endsWith("/*") ? type.startsWith(rule.slice(0, -1)) : type === rule;
  });
}

function refusals(file: File, folders: Set<File>, limits: Limits): Refusal[] {
  const { accept, maxSize, minSize } = limits;
  const rules = accepted(accept);
  const found: Refusal[] = [];
  const refuse = (code: string, message: string): unknown => found.push({ code, message });
  if (folders.has(file)) refuse("file-invalid-type", "A folder cannot be taken");
  else if (rules.length && !fits(file, rules))
    refuse("file-invalid-type", `File type must be ${rules.join(", ")}`);
  if (maxSize !== undefined && maxSize !== null && file.size > maxSize)
    refuse("file-too-large", `File is larger than ${maxSize} bytes`);
  if (minSize && file.size < minSize)
    refuse("file-too-small", `File is smaller than ${minSize} bytes`);
  return found;
}

/** Parts the files into those that are taken and those that are not; where too many come, all. */
function sift(files: File[], folders: Set<File>, limits: Limits): [File[], Rejection[]] {
  const checked = files.map((file) => ({ file, errors: refusals(file, folders, limits) }));
  const good = checked.filter(({ errors }) => !errors.length);
  const most = limits.multiple === false ? 1 : limits.maxFiles || Infinity;
  if (good.length > most)
    for (const { errors } of good) errors.push({ code: "too-many-files", message: "Too many files" });
  return [
    checked.filter(({ errors }) => !errors.length).map(({ file }) => file),
    checked
      .filter(({ errors }) => errors.length)
      .map(({ file: { name, size, type, lastModified }, errors }) => ({
        file: { path: name, name, size, type, lastModified },
        errors,
      })),
  ];
}

function showRejected(rejected: Rejection[]): void {
  const lines = rejected.map(({ file, errors }) => `${file.name}: ${errors.map(({ message }) => message).join(", ")}`);
  const options = { description: lines.join("\n\n"), closeButton: true, style: { whiteSpace: "pre-line" } };
  void runAction("toast", { level: "error", message: "Files not accepted", options });
}

const hasFiles = ({ dataTransfer }: { dataTransfer: DataTransfer | null }): boolean =>
  !!dataTransfer?.types.includes("Files");

/** Keeps the browser from opening a file that misses the zone. */
function useNoMisses(on: boolean): void {
  useEffect(() => {
    if (!on) return;
    const keep = (event: globalThis.DragEvent): void => {
      if (hasFiles(event)) event.preventDefault();
    };
    document.addEventListener("dragover", keep);
    document.addEventListener("drop", keep);
    return () => {
      document.removeEventListener("dragover", keep);
      document.removeEventListener("drop", keep);
    };
  }, [on]);
}

/** Returns the folders among what was dropped, which look like files. */
function foldersIn({ items }: DataTransfer): Set<File> {
  const found = new Set<File>();
  for (const item of items) if (item.webkitGetAsEntry?.()?.isDirectory) found.add(item.getAsFile()!);
  return found;
}

/** Returns the zone's handlers of dragging, and whether files are over it. */
function useDragging(on: boolean, take: (files: File[], folders: Set<File>) => void): [boolean, object] {
  const [isOver, setOver] = useState(false);
  const over = (event: DragEvent): void => {
    if (!hasFiles(event)) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = "copy";
    setOver(true);
  };
  const leave = (event: DragEvent): void => {
    if (!event.currentTarget.contains(event.relatedTarget as Node | null)) setOver(false);
  };
  const drop = (event: DragEvent): void => {
    if (!hasFiles(event)) return;
    event.preventDefault();
    event.stopPropagation();
    setOver(false);
    take([...event.dataTransfer.files], foldersIn(event.dataTransfer));
  };
  return [isOver, on ? { onDragEnter: over, onDragOver: over, onDragLeave: leave, onDrop: drop } : {}];
}

/** The zone. */
export function DropZone(props: DropZoneProps): ReactElement {
  const { accept, multiple, maxFiles: _most, maxSize: _max, minSize: _min, ...known } = props;
  const { disabled, noClick, noDrag, noKeyboard, onDrop, onDropRejected, ...shown } = known;
  const { onClick, children, id, ...rest } = shown;
  const own = useId();
  const field = useRef<HTMLInputElement>(null);
  const upload = id ?? "default";
  const take = (files: File[], folders = new Set<File>()): void => {
    const [good, bad] = sift(files, folders, props);
    choose(upload, good);
    onDrop?.(Object.assign(good.slice(), { upload }));
    if (bad.length) (onDropRejected ?? showRejected)(bad);
  };
  const choice = (): void => {
    const input = field.current!;
    const files = [...(input.files ?? [])];
    input.value = "";
    if (files.length) take(files);
  };
  useEffect(() => {
    enter(upload);
    choice();
  }, [upload]);
  useNoMisses(!noDrag);
  const [isOver, dragging] = useDragging(!disabled && !noDrag, take);
  const click = (event: MouseEvent<HTMLDivElement>): void => {
    onClick?.(event);
    if (event.target !== field.current && !disabled && !noClick) field.current!.click();
  };
  const input = createElement("input", {
    ref: field,
    type: "file",
    style: UNSEEN,
    accept: accepted(accept).join() || undefined,
    multiple: multiple !== false,
    disabled,
    tabIndex: noKeyboard ? -1 : undefined,
    "aria-label": rest["aria-label"] ?? "Choose files",
    "aria-labelledby": rest["aria-label"] ? undefined : (id ?? own),
    onChange: choice,
  });
  const marks = { "data-drag-active": isOver ? "" : undefined, "aria-disabled": disabled || undefined };
  return createElement("div", { ...rest, id: id ?? own, ...marks, ...dragging, onClick: click }, input, children);
}
