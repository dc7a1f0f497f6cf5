"use strict";
/* A chosen question file is read here and handed over as text. */
window.qingwen.questions = (element, trigger, event) =>
  element.addEventListener("change", async (change) => {
    const input = change.target.closest("input[type=file]");
    const file = input && input.files[0];
    if (!file) return;
    const most = 5000000;
    const text = file.size > most ? "" : await file.text();
    trigger(event, { name: file.name, text, error: file.size > most ? "size" : "" });
    input.value = "";
  });
