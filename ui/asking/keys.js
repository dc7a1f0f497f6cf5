"use strict";
/* Keys of the conversation. Those of a single character can be switched off, which the browser remembers. */
(() => {
  const own = window.qingwen;
  const STORED = "qingwen.keys";
  let single = true;
  try {
    single = localStorage.getItem(STORED) !== "off";
  } catch { /* storage is forbidden: nothing is remembered */ }

  const list = () => document.querySelector("details.keys");
  const box = () => document.querySelector("#question textarea");
  const apply = () => {
    list()?.querySelector("[role=switch]").setAttribute("aria-checked", String(single));
    if (single) box()?.setAttribute("aria-keyshortcuts", "/");
    else box()?.removeAttribute("aria-keyshortcuts");
  };
  const flip = () => {
    single = !single;
    try {
      localStorage.setItem(STORED, single ? "on" : "off");
    } catch { /* for as long as the page is open */ }
    apply();
  };
  own.keys = (element, watch) => {
    element.addEventListener("click", (click) => click.target.closest("[role=switch]") && flip());
    watch("value", apply);
    apply();
  };
  const fold = () => {
    if (list()?.open && list().contains(document.activeElement)) list().querySelector("summary").focus();
    return list()?.open && !(list().open = false);
  };
  document.addEventListener("click", (click) => list()?.contains(click.target) || fold());

  const cite = (number) => {
    const focused = document.activeElement?.closest("#conversation .turn");
    const newest = document.querySelector("#conversation .turn:last-child");
    const mark = (focused ?? newest)?.querySelector(`.citations [data-number="${number}"]`);
    if (!mark?.offsetParent) return false;
    mark.click();
    return true;
  };
  const SINGLE = {
    "/": () => box()?.offsetParent && (box().focus(), true),
    "?": () => list()?.offsetParent && ((list().open = true), list().querySelector("summary").focus(), true),
  };
  for (const number of "123456789") SINGLE[number] = () => cite(number);

  document.addEventListener("focusin", (focus) => { if (focus.target === box()) apply(); });
  document.addEventListener(
    "keydown",
    (key) => {
      if (key.ctrlKey || key.metaKey || key.altKey || key.isComposing) return;
      if (key.key === "Escape") {
        if (!own.dismiss(key.target) && !fold()) return;
      } else if (!single || own.typing(key.target) || !Object.hasOwn(SINGLE, key.key) || !SINGLE[key.key]()) return;
      key.preventDefault();
    },
    true,
  );
})();
