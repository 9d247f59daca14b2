// Plotly's React component. The library itself is fetched when a chart is shown.

import { createElement, useEffect, useRef } from "react";

const EVENTS = {
  onClick: "plotly_click",
  onDoubleClick: "plotly_doubleclick",
  onHover: "plotly_hover",
  onUnhover: "plotly_unhover",
  onSelected: "plotly_selected",
  onSelecting: "plotly_selecting",
  onDeselect: "plotly_deselect",
  onRelayout: "plotly_relayout",
  onRelayouting: "plotly_relayouting",
  onRestyle: "plotly_restyle",
  onRedraw: "plotly_redraw",
  onAfterPlot: "plotly_afterplot",
  onBeforeHover: "plotly_beforehover",
  onButtonClicked: "plotly_buttonclicked",
  onAnimated: "plotly_animated",
  onAnimatingFrame: "plotly_animatingframe",
  onAnimationInterrupted: "plotly_animationinterrupted",
  onAutoSize: "plotly_autosize",
  onSunburstClick: "plotly_sunburstclick",
  onTransitioning: "plotly_transitioning",
  onTransitionInterrupted: "plotly_transitioninterrupted",
};

const BASIC = new Set(["scatter", "bar", "pie"]);
const isBasic = (data) => (data ?? []).every(({ type = "scatter" }) => BASIC.has(type));

/** Fetches the small part of Plotly where the figure needs no more; the whole needs no eval either. */
const load = (data) =>
  (isBasic(data) ? import("plotly.js-basic-dist-min") : import("plotly.js-strict-dist-min")).then(
    (module) => module.default ?? module,
  );

/** Shows `data` and `layout` (Plotly's own shapes); `on…` props are Plotly's events. */
export function Plot({ data, layout, config, frames, style, className, id, useResizeHandler, ...rest }) {
  const box = useRef(null);
  const handlers = useRef(rest);
  const shown = useRef(data);
  shown.current = data;
  handlers.current = rest;

  useEffect(() => {
    let gone = false;
    const element = box.current;
    load(data).then(async (plotly) => {
      if (gone) return;
      const fresh = !element.classList.contains("js-plotly-plot");
      await plotly.react(element, { data: data ?? [], layout: layout ?? {}, config, frames });
      if (!fresh || gone) return;
      for (const [prop, event] of Object.entries(EVENTS))
        element.on(event, (detail) => handlers.current[prop]?.(detail));
    });
    return () => {
      gone = true;
    };
  }, [data, layout, config, frames]);

  useEffect(() => {
    const element = box.current;
    const fit = () => load(shown.current).then((plotly) => element.isConnected && plotly.Plots.resize(element));
    const observer = useResizeHandler && new ResizeObserver(fit);
    if (observer) observer.observe(element);
    return () => {
      if (observer) observer.disconnect();
      load(shown.current).then((plotly) => plotly.purge(element));
    };
  }, [useResizeHandler]);

  return createElement("div", { ref: box, id, className, style });
}
