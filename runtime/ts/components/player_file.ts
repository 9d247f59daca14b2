// Players of files, for which the browser's own elements will do.

import type { ElementType, ReactElement } from "react";
import HtmlPlayer from "react-player/HtmlPlayer";
import { createReactPlayer } from "react-player/ReactPlayer";
import { playerElement } from "./player_events.ts";

const player = (key: string, shown: ElementType): ElementType =>
  createReactPlayer([], { key, name: key, canPlay: () => true, player: shown } as never) as ElementType;

const video = player("video", HtmlPlayer as ElementType);
const audio = player("audio", "audio");

/** A player of a video file. */
export const VideoFile = (props: Record<string, unknown>): ReactElement => playerElement(video, props);

/** A player of a sound file. */
export const AudioFile = (props: Record<string, unknown>): ReactElement => playerElement(audio, props);
