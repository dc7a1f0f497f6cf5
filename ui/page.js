"use strict";
/* Clicks on data-event buttons become Gradio events. */
window.qingwen = (() => {
  const calm = () => (matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth");
  const drawn = (action) => requestAnimationFrame(() => requestAnimationFrame(action));
  const typing = (target = document.activeElement) => target?.closest?.("input, textarea, select, [contenteditable]");

  const relay = (element, trigger, events) =>
    element.addEventListener("click", (click) => {
      const button = click.target.closest("button[data-event]");
      if (!button || !events.includes(button.dataset.event)) return;
      document.querySelectorAll(".current").forEach((other) => other.classList.remove("current"));
      if (button.dataset.event === "cite") button.classList.add("current");
      trigger(button.dataset.event, { ...button.dataset });
    });

  const speak = (element, watch) => {
    const apply = () => {
      const brand = element.querySelector("[data-lang]");
      document.documentElement.lang = brand.dataset.lang;
      document.title = brand.querySelector("h1").textContent;
    };
    apply();
    watch("value", apply);
  };

  /* Which view is shown, for the style: beside some of them the source pane is there only while it is open. */
  const viewed = () => {
    const tab = document.querySelector('#tabs [role="tab"][aria-selected="true"]');
    if (tab) document.body.dataset.view = tab.id.replace(/^view-|-button$/g, "");
  };
  const watched = { attributes: true, subtree: true, childList: true, attributeFilter: ["aria-selected"] };
  const tabs = () => {
    const list = document.querySelector('#tabs [role="tablist"]');
    if (!list) return requestAnimationFrame(tabs);
    new MutationObserver(viewed).observe(list, watched);
    viewed();
  };
  tabs();

  return { relay, speak, calm, drawn, typing };
})();
