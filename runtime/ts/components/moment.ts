// Dates and times as text, `rx.moment`. The visitor's clock, place and language are not known when
// HTML is made, so the text appears when the page is live.

import dayjs, { type Dayjs } from "dayjs";
import advancedFormat from "dayjs/plugin/advancedFormat.js";
import customParseFormat from "dayjs/plugin/customParseFormat.js";
import duration from "dayjs/plugin/duration.js";
import localizedFormat from "dayjs/plugin/localizedFormat.js";
import relativeTime from "dayjs/plugin/relativeTime.js";
import timezone from "dayjs/plugin/timezone.js";
import utc from "dayjs/plugin/utc.js";
import {
  createElement,
  type ReactElement,
  type ReactNode,
  useEffect,
  useRef,
  useState,
} from "react";

for (const plugin of [advancedFormat, customParseFormat, duration, localizedFormat, relativeTime, utc, timezone])
  dayjs.extend(plugin as Parameters<typeof dayjs.extend>[0]);

type Amounts = Record<string, number>;

interface MomentProps {
  date?: unknown;
  children?: ReactNode;
  interval?: number;
  format?: string;
  parse?: string;
  tz?: string;
  utc?: boolean;
  local?: boolean;
  unix?: boolean;
  fromNow?: boolean;
  fromNowShort?: boolean;
  fromNowDuring?: number;
  toNow?: boolean;
  ago?: boolean;
  from?: unknown;
  to?: unknown;
  diff?: unknown;
  unit?: string;
  decimal?: boolean;
  duration?: unknown;
  durationFromNow?: boolean;
  calendar?: boolean;
  add?: Amounts;
  subtract?: Amounts;
  withTitle?: boolean;
  titleFormat?: string;
  onChange?: (text: string) => void;
  [attribute: string]: unknown;
}

type Unit = "ms" | "s" | "m" | "h" | "d" | "w" | "M" | "Q" | "y";

const EVERY_MINUTE = 60_000;
const UNITS: Record<string, Unit> = {
  years: "y", quarters: "Q", months: "M", weeks: "w", days: "d",
  hours: "h", minutes: "m", seconds: "s", milliseconds: "ms",
};

/** Quarters are no unit of a duration; three months are the same. */
function moved(time: Dayjs, amounts: Amounts | undefined, sign: 1 | -1): Dayjs {
  for (const [name, amount] of Object.entries(amounts ?? {})) {
    const unit = UNITS[name] ?? (name as Unit);
    const [count, of] = unit === "Q" ? [amount * 3, "M" as const] : [amount, unit];
    time = time.add(sign * count, of as "d");
  }
  return time;
}

function timeOf(value: unknown, { parse, tz, utc: isUtc, local, unix }: MomentProps): Dayjs {
  const given = value === undefined || value === null || value === "" ? new Date() : value;
  let time = unix
    ? dayjs.unix(Number(given))
    : isUtc
      ? dayjs.utc(given as string, parse)
      : dayjs(given as string, parse);
  if (local) time = time.local();
  return tz ? time.tz(tz) : time;
}

function span(milliseconds: number, format: string | undefined): string {
  const length = dayjs.duration(milliseconds);
  return format ? length.format(format) : length.humanize();
}

function calendar(time: Dayjs): string {
  const days = time.startOf("day").diff(timeNow(time).startOf("day"), "day");
  if (days === 0) return time.format("[Today at] LT");
  if (days === 1) return time.format("[Tomorrow at] LT");
  if (days === -1) return time.format("[Yesterday at] LT");
  if (days > 1 && days < 7) return time.format("dddd [at] LT");
  return days < 0 && days > -7 ? time.format("[Last] dddd [at] LT") : time.format("L");
}

const timeNow = (like: Dayjs): Dayjs => (like.isUTC() ? dayjs.utc() : dayjs());

function shown(props: MomentProps): string {
  const { format, fromNow, fromNowDuring, fromNowShort, toNow, ago, diff, unit, decimal } = props;
  const source = props.date ?? (typeof props.children === "string" ? props.children : undefined);
  const time = moved(moved(timeOf(source, props), props.add, 1), props.subtract, -1);
  const age = Math.abs(time.diff(timeNow(time)));
  if (fromNow || (fromNowDuring && age < fromNowDuring)) return time.fromNow(ago);
  if (fromNowShort) return span(time.diff(timeNow(time)), undefined);
  if (toNow) return time.toNow(ago);
  if (props.from !== undefined) return time.from(timeOf(props.from, props), ago);
  if (props.to !== undefined) return time.to(timeOf(props.to, props), ago);
  if (diff !== undefined)
    return String(time.diff(timeOf(diff, props), (UNITS[unit ?? ""] ?? unit ?? "ms") as "d", decimal));
  if (props.duration !== undefined) return span(time.diff(timeOf(props.duration, props)), format);
  if (props.durationFromNow) return span(age, format ?? "H:mm:ss");
  if (props.calendar) return calendar(time);
  return format ? time.format(format) : time.format("ddd MMM DD YYYY HH:mm:ss [GMT]ZZ");
}

const OWN = new Set(
  `date children interval format parse tz utc local unix fromNow fromNowShort fromNowDuring
  toNow ago from to diff unit decimal duration durationFromNow calendar add subtract withTitle
  titleFormat onChange`.split(/\s+/),
);

/** A `<time>` that renews itself every `interval` ms; without an interval of its own, each minute. */
export function Moment(props: MomentProps): ReactElement {
  const { interval = EVERY_MINUTE, onChange, withTitle, titleFormat } = props;
  const [, renew] = useState(0);
  const [isLive, setLive] = useState(false);
  useEffect(() => setLive(true), []);
  const text = isLive ? shown(props) : "";
  const last = useRef<string | null>(null);
  useEffect(() => {
    if (!isLive || last.current === text) return;
    const isFirst = last.current === null;
    last.current = text;
    if (!isFirst || interval) onChange?.(text);
  }, [text, isLive]);
  useEffect(() => {
    if (!interval) return;
    const timer = setInterval(() => renew((count) => count + 1), interval);
    return () => clearInterval(timer);
  }, [interval]);
  const rest = Object.fromEntries(Object.entries(props).filter(([name]) => !OWN.has(name)));
  const title = withTitle && isLive ? timeOf(props.date, props).format(titleFormat) : undefined;
  const dateTime = isLive ? timeOf(props.date, props) : null;
  return createElement(
    "time",
    { ...rest, title, dateTime: dateTime?.isValid() ? dateTime.toISOString() : undefined },
    text,
  );
}
