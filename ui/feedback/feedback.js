"use strict";
/* What is said of answers: buttons under each, a form beside the source, and the list of it all. */
Object.assign(window.qingwen, (() => {
  const STORED = "qingwen.rated";
  const REMEMBERED = 300; /* answers whose rating this browser remembers */
  const SHOWN = 8000; /* milliseconds that a line of thanks is shown */
  const parts = {};
  let rated = new Map(); /* key of an answer to what was said of it, and under what name it is kept */
  let root = null;
  let send = null;
  let bar = null; /* of the answer that the form is about */
  let marks = [];
  let last = null; /* the words that were selected last: a touch on a button takes the selection away */
  let timer = 0;
  let wanted = null; /* what was asked of the list last */

  try {
    rated = new Map(JSON.parse(localStorage.getItem(STORED) ?? "[]"));
  } catch {
    /* storage is forbidden, or not ours: nothing is remembered */
  }

  const words = (key, values = {}) =>
    root.querySelector(".rater").dataset[key].replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
  /* A line for those who listen, and the same where one looks */
  const say = (key, values) => {
    const seen = box().open ? root.querySelector(".marking .told") : at(bar?.dataset.key)?.querySelector(".told");
    const lines = [root.querySelector(".said"), seen].filter(Boolean);
    lines.forEach((line) => (line.textContent = words(key, values)));
    clearTimeout(timer);
    timer = setTimeout(() => lines.forEach((line) => (line.textContent = "")), SHOWN);
  };
  const at = (key) => document.querySelector(`#conversation .rating[data-key="${key}"]`);
  const box = () => root?.querySelector("dialog");

  const apply = () => {
    for (const one of document.querySelectorAll("#conversation .rating")) {
      const verdict = rated.get(one.dataset.key)?.verdict;
      for (const button of one.querySelectorAll("button"))
        button.setAttribute("aria-pressed", String(button.dataset.verdict === verdict));
    }
  };

  const said = (verdict, more = {}) => {
    const { turn, key } = bar.dataset;
    send({ turn, key, verdict, id: rated.get(key)?.id ?? "", ...more });
  };

  document.addEventListener("click", (click) => {
    const button = click.target.closest?.(".rating button");
    if (!button || !send) return;
    box().close();
    bar = button.closest(".rating");
    if (button.getAttribute("aria-pressed") === "true") said("");
    else if (button.dataset.verdict === "good") said("good");
    else open();
  });

  const open = () => {
    box().querySelector("form").reset();
    box().querySelector(".about").textContent = bar.closest(".turn")?.querySelector(".asked")?.textContent ?? "";
    root.querySelector(".marking .told").textContent = "";
    marks = [];
    last = null;
    draw();
    box().show();
  };

  const close = () => {
    box().close();
    at(bar.dataset.key)?.querySelector('[data-verdict="bad"]').focus();
  };

  const draw = () => {
    const items = marks.map((mark, at) => {
      const item = document.createElement("li");
      const quote = Object.assign(document.createElement("q"), { textContent: mark.words });
      const away = Object.assign(document.createElement("button"), { type: "button", textContent: "✕" });
      away.setAttribute("aria-label", `${words("unmark")}: ${mark.words}`);
      away.onclick = () => {
        marks.splice(at, 1);
        draw();
      };
      item.append(quote, ` ${mark.doc_id} `, away);
      return item;
    });
    box().querySelector(".marks").replaceChildren(...items);
  };

  const selected = () => {
    const { doc_id, start, end, collection = "" } = window.qingwen.selection?.() ?? {};
    const inside = document.getElementById("source-frame")?.contentWindow?.getSelection(); /* of a framed document */
    const words = (String(getSelection()) || String(inside ?? "")).trim().slice(0, 80);
    return doc_id && end > start ? { doc_id, start, end, words, collection } : null;
  };

  document.addEventListener("selectionchange", () => {
    if (box()?.open) last = selected() ?? last;
  });

  const mark = () => {
    const found = selected() ?? last;
    last = null;
    if (!found) return say("nothingMarked");
    if (found.collection !== bar.closest(".turn").dataset.collection) return say("elsewhere");
    if (!marks.some((one) => one.doc_id === found.doc_id && one.start === found.start)) marks.push(found);
    draw();
    say("marked", { words: found.words });
  };

  const rater = (element, trigger) => {
    root = element;
    send = trigger;
    element.addEventListener("click", (click) => {
      const act = click.target.closest("[data-act]")?.dataset.act;
      if (act === "mark") mark();
      else if (act === "close") close();
    });
    element.addEventListener("pointerdown", (down) => {
      if (down.target.closest('[data-act="mark"]')) down.preventDefault();
    });
    element.addEventListener("keydown", (key) => {
      if (key.key !== "Escape" || !box().open) return;
      key.preventDefault();
      key.stopPropagation();
      close();
    });
    element.addEventListener("submit", (submit) => {
      submit.preventDefault();
      const form = new FormData(submit.target);
      const places = marks.map(({ doc_id, start, end }) => ({ doc_id, start, end }));
      said("bad", { reason: form.get("reason"), remark: form.get("remark"), marks: JSON.stringify(places) });
      close();
    });
    const talk = document.getElementById("conversation");
    if (talk) new MutationObserver(apply).observe(talk, { childList: true, subtree: true });
    apply();
  };

  const given = (element, watch) =>
    watch("value", () => {
      const kept = element.querySelector("[data-key]");
      if (!kept) return;
      const { key, id, verdict } = kept.dataset;
      rated.delete(key);
      if (verdict) rated.set(key, { id, verdict });
      rated = new Map([...rated].slice(-REMEMBERED));
      try {
        localStorage.setItem(STORED, JSON.stringify([...rated]));
      } catch {
        /* it is remembered until the page is left */
      }
      apply();
      say(verdict ? "thanks" : "withdrawn");
    });

  /* The list */
  const again = (question) => {
    document.getElementById("view-asking-button")?.click();
    const area = document.querySelector("#question textarea");
    const { set } = Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, "value");
    set.call(area, question);
    area.dispatchEvent(new Event("input", { bubbles: true }));
    requestAnimationFrame(() => area.focus());
  };

  /* Name of the collection whose list is shown */
  const listed = () => parts.list?.element.querySelector("[data-asked]")?.dataset.asked.split("\n")[0] ?? "";

  const relist = (page = "1") => {
    if (!parts.tools) return;
    const verdict = parts.tools.element.querySelector("select").value;
    wanted = { values: { verdict, page }, tries: 3, of: listed() };
    parts.tools.trigger(wanted.values);
  };

  /* Replies may overtake one another: what is shown is to be what was asked for last */
  const settle = () => {
    const shown = parts.list.element.querySelector("[data-asked]")?.dataset.asked;
    if (wanted?.of !== listed()) wanted = null;
    if (!wanted || shown === undefined) return;
    if (shown === `${wanted.of}\n${wanted.values.verdict}\n${wanted.values.page}`) wanted.tries = 3;
    else if (wanted.tries-- > 0) parts.tools.trigger(wanted.values);
  };

  const opinions = (name, element, trigger, watch) => {
    parts[name] = { element, trigger };
    if (name === "tools") setTimeout(() => relist());
    else watch("value", settle);
    element.addEventListener("change", () => relist());
    element.addEventListener("click", (click) => {
      const button = click.target.closest("[data-act]");
      if (!button) return;
      const { act, page, id, question, sure } = button.dataset;
      if (act === "again") again(question);
      else if (act === "page") relist(page);
      else if (button.textContent === sure) trigger({ id });
      else button.textContent = sure;
    });
  };

  return { rater, rated: given, opinions, relist };
})());
