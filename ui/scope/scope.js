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
    const open = document.body.classList.contains("scoping");
    if (key.key !== "Escape" || !open || !key.target.matches?.("#scope *, body")) return;
    key.stopImmediatePropagation();
    toggle(false);
  }, true);

  /* Whoever goes on to the question has chosen: the panel would cover the answer. */
  document.addEventListener("focusin", (focus) => {
    if (!focus.target.matches("#question textarea")) return;
    document.body.classList.remove("scoping");
    apply();
  });

  window.qingwen.scope = (element, watch) => {
    let dropping = false; /* the chip that has the focus goes, and the focus with it */
    element.addEventListener("click", (click) => {
      dropping = !!click.target.closest('[data-event="drop"]');
      if (click.target.closest('[data-act="scope"]')) toggle(!document.body.classList.contains("scoping"));
    });
    watch("value", () => {
      apply();
      if (dropping && document.activeElement === document.body) button()?.focus();
      dropping = false;
    });
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
