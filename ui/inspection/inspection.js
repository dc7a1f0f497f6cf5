"use strict";
/* A point of the map opens its passage. Its passages in the list are buttons, which the relay sees to. */
window.qingwen.map = (element, trigger) =>
  element.addEventListener("click", (click) => {
    const point = click.target.closest("svg [data-event]");
    if (point) trigger(point.dataset.event, { ...point.dataset });
  });

/* What another view asked for is shown from its beginning. */
window.qingwen.begin = (selector) =>
  window.qingwen.drawn(() => document.querySelector(selector)?.scrollIntoView({ block: "start" }));
