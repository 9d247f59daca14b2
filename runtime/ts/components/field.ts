// A field for text whose value belongs to the state.
//
// What is typed is shown at once and kept here; the state follows when Python has run. A value of
// the state that this field itself has sent changes nothing. Any other one is shown: right away
// when nothing that was sent is still out, otherwise when all events have been answered.

import {
  type ChangeEvent,
  createElement,
  type ElementType,
  type FormEvent,
  type KeyboardEvent,
  type ReactElement,
  useEffect,
  useLayoutEffect,
  useRef,
  useState,
} from "react";
import { isIdle } from "../queue.ts";

type Element = HTMLInputElement | HTMLTextAreaElement;
type Change = ChangeEvent<Element>;

interface FieldProps {
  as: ElementType;
  value?: unknown;
  debounceTimeout?: number;
  autoHeight?: boolean;
  enterKeySubmit?: boolean;
  onChange?: (event: Change) => void;
  onInput?: (event: FormEvent<Element>) => void;
  onKeyDown?: (event: KeyboardEvent<Element>) => void;
}

const LOOK_AGAIN_MS = 50;
const MOST_SENT = 100;
const useBrowserLayoutEffect = typeof document === "undefined" ? useEffect : useLayoutEffect;

const textOf = (value: unknown): string => (value === null || value === undefined ? "" : String(value));

interface Echo {
  text: string;
  type(text: string): void;
}

/** Returns the text to show for a state's `value`, and what to call when the user types. */
function useEcho(value: string): Echo {
  const [text, setText] = useState(value);
  const sent = useRef<string[]>([]);
  const latest = useRef(value);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);

  useBrowserLayoutEffect(() => {
    if (latest.current === value) return;
    latest.current = value;
    const own = sent.current.indexOf(value);
    if (own >= 0) {
      sent.current.splice(0, own + 1);
      return;
    }
    const settle = (): void => {
      if (sent.current.length && !isIdle()) timer.current = setTimeout(settle, LOOK_AGAIN_MS);
      else {
        sent.current = [];
        setText(latest.current);
      }
    };
    clearTimeout(timer.current);
    settle();
  }, [value]);
  useEffect(() => () => clearTimeout(timer.current), []);

  const type = (typed: string): void => {
    sent.current = [...sent.current.slice(-MOST_SENT), typed];
    setText(typed);
  };
  return { text, type };
}

/** Calls `act` when `delay` ms pass without another call; at once without a delay. */
function useDelayed(delay: number | undefined): (act: () => void) => void {
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  return (act) => {
    clearTimeout(timer.current);
    if (delay) timer.current = setTimeout(act, delay);
    else act();
  };
}

function fitHeight(element: EventTarget & Element): void {
  element.style.height = "auto";
  element.style.height = `${element.scrollHeight}px`;
}

/** The field `as`, for which it keeps the text, fits the height and submits on Enter as asked. */
export function Field({
  as,
  value,
  debounceTimeout,
  autoHeight,
  enterKeySubmit,
  onChange,
  onInput,
  onKeyDown,
  ...rest
}: FieldProps): ReactElement {
  const echo = useEcho(textOf(value));
  const delayed = useDelayed(debounceTimeout);
  const props: Record<string, unknown> = { ...rest, onChange, onInput, onKeyDown };
  if (value !== undefined && onChange) {
    props.value = echo.text;
    props.onChange = (event: Change) => {
      echo.type(event.target.value);
      delayed(() => onChange(event));
    };
  } else if (value !== undefined) props.value = value ?? "";
  if (autoHeight)
    props.onInput = (event: FormEvent<Element>) => {
      fitHeight(event.currentTarget);
      onInput?.(event);
    };
  if (enterKeySubmit)
    props.onKeyDown = (event: KeyboardEvent<Element>) => {
      onKeyDown?.(event);
      if (event.key !== "Enter" || event.shiftKey || event.nativeEvent.isComposing) return;
      event.preventDefault();
      event.currentTarget.form?.requestSubmit();
    };
  return createElement(as, props);
}
