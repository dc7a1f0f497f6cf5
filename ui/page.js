"use strict";
/* Clicks on data-event buttons become Gradio events. */
window.qingwen = (() => {
  const calm = () => (matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth");
  const drawn = (action) => requestAnimationFrame(() => requestAnimationFrame(action));

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

  return { relay, speak, calm, drawn };
})();
