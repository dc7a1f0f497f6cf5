"use strict";
/* The panel in which the scope is chosen opens and closes; its button says which. */
(() => {
  const button = () => document.querySelector('#scope-chips [data-act="scope"]');
  const apply = () =>
    button()?.setAttribute("aria-expanded", String(document.body.classList.contains("scoping")));
  const toggle = (open) => {
    document.body.classList.toggle("scoping", open);
    apply();
    if (open) document.querySelector("#scope-typed :is(input, textarea)").focus();
    else button().focus();
  };

  document.addEventListener("keydown", (key) => {
    if (key.key !== "Escape" || !key.target.closest?.("#scope-panel")) return;
    key.stopImmediatePropagation();
    toggle(false);
  }, true);

  window.qingwen.scope = (element, watch) => {
    element.addEventListener("click", (click) => {
      if (click.target.closest('[data-act="scope"]')) toggle(!document.body.classList.contains("scoping"));
    });
    watch("value", apply);
  };

  /* The line of a view with the collections: a choice is told of, and the keyboard stays on it. */
  window.qingwen.shelf = (element, trigger, watch, collect) => {
    let held = null;
    element.addEventListener("change", (change) => trigger(collect, { name: change.target.value }));
    element.addEventListener("focusin", (focus) => (held = focus.target));
    element.addEventListener("focusout", (focus) => focus.relatedTarget && (held = null));
    watch("value", () => {
      if (held && !held.isConnected && document.activeElement === document.body) element.querySelector("select")?.focus();
    });
  };

  /* A notice may tell of a collection that is gone: the server is asked, and then all views fall back. */
  window.qingwen.notices = (element, trigger, watch, check, fall) =>
    watch("value", () => {
      if (element.querySelector("[data-gone]")) trigger(fall, {});
      else if (element.querySelector(".notice")) trigger(check, {});
    });
})();
