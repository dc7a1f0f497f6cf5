"use strict";
/* The conversation: turns come in one by one, marks have cards, keys open citations, and the browser
   remembers under what key it is kept. */
Object.assign(window.qingwen, (() => {
  const { calm, drawn } = window.qingwen;
  const STORED = "qingwen.conversation";
  const REST = 600000; /* milliseconds out of sight after which the server may have forgotten the page */
  const LONGEST = 320; /* characters of a quote in a card */
  let turns = null;
  let put = null; /* what came last */

  const conversation = () => {
    const digits = (byte) => byte.toString(16).padStart(2, "0");
    const fresh = () => [...crypto.getRandomValues(new Uint8Array(16))].map(digits).join("");
    try {
      if (!/^[0-9a-f]{32}$/.test(localStorage.getItem(STORED) ?? "")) localStorage.setItem(STORED, fresh());
      return localStorage.getItem(STORED);
    } catch {
      return ""; /* storage is forbidden: nothing is kept */
    }
  };

  /* A screen reader reads an answer once, when it is whole. */
  const busy = (coming) => {
    const more = coming || !!turns.querySelector(".pending");
    document.getElementById("conversation").setAttribute("aria-busy", String(more));
  };

  const talk = (element, trigger, opened, rewritten) => {
    turns = element;
    document.getElementById("conversation").setAttribute("role", "log");
    const recall = (again = false) => trigger(opened, { key: conversation(), again });
    let left = 0;
    document.addEventListener("visibilitychange", () => {
      if (document.hidden) left = Date.now();
      else if (Date.now() - left > REST) recall(true);
    });
    setTimeout(() => recall());
    element.addEventListener("click", (click) => {
      const button = click.target.closest(".understood button");
      if (!button || button.type === "submit") return;
      edit(button.closest(".understood"), button.classList.contains("rewrite"));
    });
    element.addEventListener("submit", (submit) => {
      submit.preventDefault();
      const turn = submit.target.closest(".turn");
      const question = submit.target.querySelector("input").value;
      if (turn && question.trim()) trigger(rewritten, { turn: turn.dataset.turn, question });
    });
  };

  const edit = (part, editing) => {
    part.classList.toggle("editing", editing);
    part.querySelector("form").hidden = !editing;
    part.querySelector(editing ? "input" : ".rewrite").focus();
  };

  const arrive = (html) => {
    const template = document.createElement("template");
    template.innerHTML = html;
    const root = template.content.firstElementChild;
    if (!root || !turns) return;
    hide();
    places[root.dataset.put](root);
    busy("coming" in root.dataset);
  };

  const places = {
    all: (root) => {
      turns.replaceChildren(...root.childNodes);
      put = turns.lastElementChild;
      latest();
    },
    turn: (root) => {
      const turn = root.firstElementChild;
      const old = turns.querySelector(`:scope > .turn[data-turn="${turn.dataset.turn}"]`);
      turns.querySelector(":scope > .welcome")?.remove();
      if (old) old.replaceWith(turn);
      else turns.append(turn);
      put = turn;
      if (!old) latest();
    },
    older: (root) => {
      const next = turns.querySelector(":scope > .turn");
      const top = next?.getBoundingClientRect().top;
      turns.querySelector(":scope > .older")?.remove();
      const first = root.querySelector(".turn:last-child");
      turns.prepend(...root.childNodes);
      if (next) scroller().scrollBy(0, next.getBoundingClientRect().top - top);
      first?.querySelector("button")?.focus({ preventScroll: true });
    },
  };

  const scroller = () => {
    const log = document.getElementById("conversation");
    return getComputedStyle(log).overflowY === "auto" ? log : document.scrollingElement;
  };
  const latest = () => drawn(() => put?.matches(".turn") && put.scrollIntoView({ block: "start", behavior: calm() }));

  const save = (file) => {
    if (!file) return;
    const bytes = Uint8Array.from(atob(file.content), (char) => char.charCodeAt(0));
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([bytes], { type: file.type }));
    link.download = file.name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60000);
  };

  /* Cards */
  let card = null;
  let shown = null;
  let leaving = 0;

  const hide = () => {
    clearTimeout(leaving);
    shown?.removeAttribute("aria-describedby");
    card?.remove();
    card = shown = null;
  };

  const open = (mark) => {
    clearTimeout(leaving);
    if (mark === shown) return;
    hide();
    const cited = mark.closest(".turn")?.querySelector(`.citations [data-number="${mark.dataset.number}"]`)?.closest("li");
    if (!cited) return;
    card = Object.assign(document.createElement("div"), { className: "card", id: "card" });
    card.setAttribute("role", "tooltip");
    const quote = cited.querySelector("blockquote").textContent;
    for (const [kind, words] of [
      ["quote", quote.length > LONGEST ? `${quote.slice(0, LONGEST)}…` : quote],
      ["title", cited.querySelector(".title").textContent],
      ["date", cited.querySelector(".date").textContent],
    ])
      card.append(Object.assign(document.createElement("p"), { className: kind, textContent: words }));
    document.querySelector(".gradio-container").append(card);
    place(mark.getBoundingClientRect());
    shown = mark;
    mark.setAttribute("aria-describedby", "card");
  };

  const place = (mark) => {
    const edge = 8;
    const { width, height } = card.getBoundingClientRect();
    const left = Math.min(Math.max(edge, mark.left - 24), innerWidth - width - edge);
    const below = mark.bottom + 6 + height <= innerHeight - edge || mark.top < height + 6 + edge;
    const top = below ? Math.min(mark.bottom + 6, innerHeight - height - edge) : mark.top - height - 6;
    Object.assign(card.style, { left: `${Math.max(edge, left)}px`, top: `${Math.max(edge, top)}px` });
  };

  const away = () => {
    clearTimeout(leaving);
    leaving = setTimeout(() => shown !== document.activeElement && hide(), 200);
  };
  const markOf = (target) => (target instanceof Element ? target.closest("#conversation .mark") : null);
  document.addEventListener("pointerover", (over) => {
    if (over.pointerType === "touch") return;
    if (markOf(over.target)) open(markOf(over.target));
    else if (card?.contains(over.target)) clearTimeout(leaving);
    else if (card) away();
  });
  document.addEventListener("focusin", (focus) => {
    const mark = markOf(focus.target);
    if (mark?.matches(":focus-visible")) open(mark);
    else if (card) hide();
  });
  document.addEventListener("click", hide);
  document.addEventListener("scroll", hide, { capture: true, passive: true });
  addEventListener("resize", hide);

  /* Escape closes a card, then the editing of a question; whether there was one. */
  const dismiss = (target) => {
    const editing = target.closest?.(".understood.editing");
    if (card) hide();
    else if (editing) edit(editing, false);
    else return false;
    return true;
  };

  return { conversation, talk, arrive, latest, save, dismiss };
})());
