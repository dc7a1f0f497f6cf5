"use strict";
/* The list of documents: facts are edited, and a removal waits a moment in which it can be undone. What
   changes documents goes through the HTTP interface; the list itself is made by the server. */
Object.assign(window.qingwen, (() => {
  const GRACE = 8000; /* milliseconds in which a removal can be undone */
  const LOOK = 4000; /* milliseconds between looks at what others change */
  const { parts, wires, now, find, all, say, look, address, call, LEFT } = window.qingwen.papers;
  const going = new Map(); /* a document to title, timer, and whether it is being removed */
  let version = {}; /* of the index of the collection that is shown */
  let wanted = null; /* what was asked of the list last */

  /* The list */
  const of = (row) => ({ doc: row.dataset.doc, collection: row.closest("[data-collection]").dataset.collection });
  const named = ({ doc, collection }) => `${collection}\n${doc}`;
  const mark = () => {
    for (const row of all("sheet", ".paper")) {
      const removal = going.get(named(of(row)));
      row.classList.toggle("going", !!removal);
      row.querySelectorAll("[data-act]").forEach((button) => {
        const undo = button.dataset.act === "undo";
        button.hidden = undo ? !removal || removal.begun : !!removal;
      });
    }
  };

  const remove = (paper, title) => {
    const timer = setTimeout(() => gone(paper, title), GRACE);
    going.set(named(paper), { title, timer, begun: false });
    mark();
    say("going", { title, seconds: GRACE / 1000 });
  };

  const undo = (paper, title) => {
    clearTimeout(going.get(named(paper)).timer);
    going.delete(named(paper));
    mark();
    say("kept", { title });
  };

  const gone = async (paper, title) => {
    going.get(named(paper)).begun = true;
    mark();
    try {
      await call("DELETE", address(paper.doc, paper.collection));
      say("removed", { title });
    } catch (error) {
      say("unremoved", { title, reason: error.message });
    }
    going.delete(named(paper));
    mark();
    look();
  };

  /* What was not removed yet when the page is left stays, and is told of when it is opened again */
  addEventListener("beforeunload", (leaving) => {
    if (going.size || now.sending) leaving.preventDefault();
  });
  addEventListener("pagehide", () => {
    const titles = [...going.values()].filter((one) => !one.begun).map((one) => one.title);
    if (titles.length) localStorage.setItem(LEFT, titles.join("、"));
  });

  const listed = () => find("sheet", "[data-version]")?.dataset.collection ?? "";
  const asked = (page = "1") => {
    const form = find("tools", "form");
    const values = Object.fromEntries(["words", "state", "order"].map((name) => [name, form.elements[name].value]));
    const descending = form.elements.descending.getAttribute("aria-pressed");
    wanted = { values: { ...values, descending, page }, tries: 3, of: listed() };
    parts.tools.trigger(wanted.values);
  };

  /* Replies may overtake one another: what is shown is to be what was asked for last */
  const settle = () => {
    const shown = find("sheet", "[data-asked]")?.dataset.asked;
    if (wanted?.of !== listed()) wanted = null;
    if (!wanted || shown === undefined) return;
    const { words, state, order, descending, page } = wanted.values;
    if (shown === [words, state, order, descending, page].join("\n")) wanted.tries = 3;
    else if (wanted.tries-- > 0) parts.tools.trigger(wanted.values);
  };

  wires.sheet = (root, watch) => {
    let held = null;
    root.addEventListener("click", (click) => {
      const button = click.target.closest("[data-act]");
      if (!button) return;
      const row = button.closest(".paper");
      const acts = { page: () => asked(button.dataset.page), edit: () => edit(row) };
      if (button.dataset.act === "remove") {
        remove(of(row), row.dataset.title);
        button.parentElement.querySelector('[data-act="undo"]').focus();
      } else if (button.dataset.act === "undo") {
        undo(of(row), row.dataset.title);
        button.parentElement.querySelector('[data-act="remove"]').focus();
      } else acts[button.dataset.act]?.();
    });
    root.addEventListener("focusin", () => (held = document.activeElement));
    root.addEventListener("focusout", (focus) => focus.relatedTarget && (held = null));
    watch("value", () => {
      settle();
      mark();
      if (held && !held.isConnected && document.activeElement === document.body) {
        const row = all("sheet", ".paper").find((one) => one.dataset.doc === held.closest(".paper")?.dataset.doc);
        const same = row?.querySelector(`[data-act="${held.dataset.act}"]:not([hidden])`);
        (same ?? row?.querySelector("button:not([hidden])") ?? find("sheet", ".total"))?.focus();
      }
      const newest = find("sheet", "[data-version]")?.dataset ?? version;
      if (version.version && newest.version !== version.version && newest.collection === version.collection)
        parts.sheet.trigger({});
      version = { ...newest };
    });
    version = { ...find("sheet", "[data-version]")?.dataset };
    mark();
  };

  wires.tools = (root) => {
    let timer = 0;
    root.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(asked, 80);
    });
    root.addEventListener("submit", (submit) => submit.preventDefault());
    root.addEventListener("click", (click) => {
      const button = click.target.closest('[name="descending"]');
      if (!button) return;
      button.setAttribute("aria-pressed", String(button.getAttribute("aria-pressed") !== "true"));
      asked();
    });
  };

  /* Editing */
  const edit = (row) => {
    const dialog = find("dialog", "dialog");
    Object.assign(dialog.dataset, of(row));
    dialog.querySelector(".name").textContent = row.dataset.doc;
    dialog.querySelector(".wrong").textContent = "";
    for (const name of ["title", "date", "source"]) {
      const box = dialog.querySelector("form").elements[name];
      box.value = box.defaultValue = row.dataset[name];
    }
    dialog.showModal();
  };

  wires.dialog = (root) => {
    root.addEventListener("keydown", (key) => key.key === "Escape" && key.stopPropagation());
    root.addEventListener("click", (click) => {
      if (click.target.closest('[data-act="close"]')) root.querySelector("dialog").close();
    });
    root.addEventListener("submit", async (submit) => {
      submit.preventDefault();
      const box = root.querySelector("dialog");
      const inputs = [...box.querySelectorAll("input")].filter((one) => one.value !== one.defaultValue);
      const said = Object.fromEntries(inputs.map((one) => [one.name, one.value.trim()]));
      try {
        const paper = inputs.length ? await call("PATCH", address(box.dataset.doc, box.dataset.collection), said) : null;
        box.close();
        if (paper) say("described", { title: paper.title });
        look();
      } catch (error) {
        box.querySelector(".wrong").textContent = error.message;
      }
    });
  };

  setInterval(() => {
    const shown = parts.sheet?.element.offsetParent && !document.hidden;
    if (shown || now.sending || going.size) look();
  }, LOOK);

  const documents = (name, root, trigger, watch) => {
    parts[name] = { element: root, trigger };
    wires[name](root, watch);
  };
  return { documents };
})());
