// A player of whatever an address leads to: a file, a stream, a site of videos.

import type { ElementType, ReactElement } from "react";
import ReactPlayer from "react-player";
import { playerElement } from "./player_events.ts";

/** The player; what a kind of address needs is fetched when one is shown. */
export const Player = (props: Record<string, unknown>): ReactElement =>
  playerElement(ReactPlayer as ElementType, props);
