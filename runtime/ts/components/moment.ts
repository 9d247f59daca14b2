// Dates and times as text, `rx.moment`. The visitor's clock, place and language are not known when
// HTML is made, so the text appears when the page is live.

import dayjs, { type Dayjs } from "dayjs";
import advancedFormat from "dayjs/plugin/advancedFormat.js";
import customParseFormat from "dayjs/plugin/customParseFormat.js";
import duration from "dayjs/plugin/duration.js";
import isoWeek from "dayjs/plugin/isoWeek.js";
import localizedFormat from "dayjs/plugin/localizedFormat.js";
import relativeTime from "dayjs/plugin/relativeTime.js";
import timezone from "dayjs/plugin/timezone.js";
import utc from "dayjs/plugin/utc.js";
import weekOfYear from "dayjs/plugin/weekOfYear.js";
import weekYear from "dayjs/plugin/weekYear.js";
import {
  createContext,
  createElement,
  type ReactElement,
  type ReactNode,
  useContext,
  useEffect,
  useRef,
  useState,
} from "react";

const PLUGINS = [
  ...[advancedFormat, customParseFormat, duration, localizedFormat, relativeTime, utc, timezone],
  // What the formats "w", "W", "gggg" and "GGGG" call.
  ...[isoWeek, weekOfYear, weekYear],
];
for (const plugin of PLUGINS)
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
  locale?: string;
  element?: string;
  fallback?: ReactNode;
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

function timeOf(value: unknown, { parse, tz, utc: isUtc, local, unix, locale }: MomentProps): Dayjs {
  const given = value === undefined || value === null || value === "" ? new Date() : value;
  let time = unix
    ? dayjs.unix(Number(given))
    : isUtc
      ? dayjs.utc(given as string, parse)
      : dayjs(given as string, parse);
  if (local) time = time.local();
  if (locale) time = time.locale(locale.toLowerCase());
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
  titleFormat locale element fallback trim filters renderers onChange`.split(/\s+/),
);

const Defaults = createContext<MomentProps>({});

/** Gives all dates inside it what they do not say themselves. */
export function MomentProvider({ children, timezone, ...rest }: MomentProps & { timezone?: string }): ReactElement {
  const given = { ...rest, ...(timezone !== undefined && { tz: timezone }) };
  return createElement(Defaults, { value: given }, children);
}

const known = new Set(["en"]);

async function fetchLocale(name: string): Promise<void> {
  const { locales } = await import("dayjs-locales");
  if (!Object.hasOwn(locales, name)) throw new Error(`No dates are known in ${name}.`);
  await locales[name]!();
  known.add(name);
}

/** Tells whether the words of a language are here, and fetches them where they are not. */
function useLocale(name: string): boolean {
  const [, renew] = useState(0);
  useEffect(() => {
    if (known.has(name)) return;
    fetchLocale(name).catch((error: unknown) => {
      console.warn(error);
      known.add(name);
    }).finally(() => renew((count) => count + 1));
  }, [name]);
  return known.has(name);
}

/** A `<time>` that renews itself every `interval` ms; without an interval of its own, each minute. */
export function Moment(given: MomentProps): ReactElement {
  const props: MomentProps = { ...useContext(Defaults), ...given };
  const isKnown = useLocale((props.locale ?? "en").toLowerCase());
  const { interval = EVERY_MINUTE, onChange, withTitle, titleFormat } = props;
  const [, renew] = useState(0);
  const [isLive, setLive] = useState(false);
  useEffect(() => setLive(true), []);
  const isShown = isLive && isKnown;
  const text = isShown ? shown(props) : "";
  const last = useRef<string | null>(null);
  useEffect(() => {
    if (!isShown || last.current === text) return;
    const isFirst = last.current === null;
    last.current = text;
    if (!isFirst || interval) onChange?.(text);
  }, [text, isShown]);
  useEffect(() => {
    if (!interval) return;
    const timer = setInterval(() => renew((count) => count + 1), interval);
    return () => clearInterval(timer);
  }, [interval]);
  const rest = Object.fromEntries(Object.entries(props).filter(([name]) => !OWN.has(name)));
  const title = withTitle && isLive ? timeOf(props.date, props).format(titleFormat) : undefined;
  const dateTime = isLive ? timeOf(props.date, props) : null;
  const isValid = dateTime === null || dateTime.isValid();
  return createElement(
    props.element ?? "time",
    { ...rest, title, dateTime: isValid ? dateTime?.toISOString() : undefined },
    isValid ? text : (props.fallback ?? text),
  );
}
