"use strict";
/* Clicks on data-event buttons become Gradio events; the source pane scrolls, opens and closes. */
window.qingwen = (() => {
  const calm = () => (matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth");
  const drawn = (action) => requestAnimationFrame(() => requestAnimationFrame(action));
  let opener = null;

  const relay = (element, trigger, events) =>
    element.addEventListener("click", (click) => {
      const button = click.target.closest("button[data-event]");
      if (!button || !events.includes(button.dataset.event)) return;
      if (button.dataset.event === "leave") leave();
      else if (button.dataset.event !== "example") opener = button;
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

  const reveal = () => {
    document.body.classList.add("reading");
    drawn(() => {
      const pane = document.getElementById("source-body");
      const mark = pane.querySelector("mark.focus");
      const top = mark ? mark.getBoundingClientRect().top - pane.getBoundingClientRect().top : -pane.scrollTop;
      pane.scrollTo({ top: pane.scrollTop + top - pane.clientHeight / 3, behavior: calm() });
      if (mark) mark.focus({ preventScroll: true });
    });
  };

  const leave = () => {
    document.body.classList.remove("reading");
    if (opener && opener.isConnected) opener.focus();
  };

  document.addEventListener("keydown", (key) => {
    if (key.key === "Escape" && !key.defaultPrevented) document.querySelector("#source-head .close")?.click();
  });

  return { relay, speak, reveal, calm, drawn };
})();
