// The content of an accordion's section, which slides open and shut.

import { Content } from "@radix-ui/react-accordion";
import { type ComponentPropsWithRef, createElement, type ReactElement } from "react";

const HEIGHT = "var(--radix-accordion-content-height)";
const KEYFRAMES = `
@keyframes wx-accordion-open{from{height:0}to{height:${HEIGHT}}}
@keyframes wx-accordion-close{from{height:${HEIGHT}}to{height:0}}
`;

if (typeof document !== "undefined") {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(KEYFRAMES);
  document.adoptedStyleSheets.push(sheet);
}

/** Radix's content; its class in the page's stylesheet names the movements above. */
export function AccordionContent(props: ComponentPropsWithRef<typeof Content>): ReactElement {
  return createElement(Content, props);
}
