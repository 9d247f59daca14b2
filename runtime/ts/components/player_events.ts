// What a player tells, as the app's handlers take it: seconds and fractions, never an event object.

import { createElement, type ElementType, type ReactElement } from "react";
import { isSitePath, resolve } from "../site.ts";

interface Media {
  currentTime?: number;
  duration?: number;
  playbackRate?: number;
  buffered?: TimeRanges;
}
type Handler = (...args: unknown[]) => void;
type Props = Record<string, unknown>;

const number = (value: unknown): number =>
  typeof value === "number" && Number.isFinite(value) ? value : 0;

function progress(media: Media): object {
  const [playedSeconds, duration] = [number(media.currentTime), number(media.duration)];
  const ranges = media.buffered?.length ?? 0;
  const loadedSeconds = ranges ? number(media.buffered!.end(ranges - 1)) : 0;
  const part = (seconds: number): number => (duration ? seconds / duration : 0);
  return { played: part(playedSeconds), playedSeconds, loaded: part(loadedSeconds), loadedSeconds, duration };
}

const TOLD: Record<string, (media: Media) => unknown> = {
  onTimeUpdate: ({ currentTime }) => number(currentTime),
  onSeeked: ({ currentTime }) => number(currentTime),
  onDurationChange: ({ duration }) => number(duration),
  onRateChange: ({ playbackRate }) => number(playbackRate),
  onProgress: progress,
};

const KEPT = /^(id|title|role|aria-.*|data-.*)$/;

/** Gives the browser's element what the player does not hand on. */
function marked(props: Props): (element: Element | null) => void {
  const kept = Object.entries(props).filter(([name]) => KEPT.test(name));
  return (element) => {
    for (const [name, value] of kept) element?.setAttribute(name, String(value));
  };
}

const address = (src: unknown): string =>
  typeof src === "string" && isSitePath(src) ? resolve(src) : String(src);

function sourceOf(given: string | { src?: string }, key: number): ReactElement {
  const props = typeof given === "string" ? { src: given } : given;
  return createElement("source", { key, ...props, src: address(props.src) });
}

/** Returns the element of `player`, whose events give values; several sources become children. */
export function playerElement(player: ElementType, { src, ...given }: Props): ReactElement {
  const props: Props = { ...given, width: null, height: null, ref: marked(given) };
  for (const [name, tell] of Object.entries(TOLD)) {
    const handler = given[name] as Handler | undefined;
    if (handler) props[name] = (event: { target: Media }) => handler(tell(event.target));
  }
  if (!Array.isArray(src)) return createElement(player, { ...props, src: src === null ? undefined : src });
  return createElement(player, props, src.map(sourceOf));
}
