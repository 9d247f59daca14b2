// A form whose submit is an event of the app.

import { createElement, type ElementType, type FormEvent, type ReactElement, useRef } from "react";

interface FormProps {
  as: ElementType;
  resetOnSubmit?: boolean;
  onSubmit?: (event: FormEvent<HTMLFormElement>) => void;
}

/** The form `as`. With `onSubmit` the browser does not load another page. */
export function Form({ as, resetOnSubmit, onSubmit, ...rest }: FormProps): ReactElement {
  const form = useRef<HTMLFormElement>(null);
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    onSubmit?.(event);
    if (resetOnSubmit) form.current?.reset();
  };
  return createElement(as, { ...rest, ref: form, ...(onSubmit && { onSubmit: submit }) });
}
