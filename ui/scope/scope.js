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
})();
