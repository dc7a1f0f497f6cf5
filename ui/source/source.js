"use strict";
/* The source pane: opens a document in the frame at its marks and drives the tools of its head. */
(() => {
  const own = window.qingwen;
  const $ = (selector) => document.querySelector(`#source ${selector}`);
  const { drawn, typing } = own;
  const REST = 3000; /* milliseconds between two looks whether the document is still what it was */
  let loaded = "", reader = null, wanting = false, opener = null, act = "", looked = 0, look = null, again = "";
  let at = -1, focus = null, mark = null, found = [], here = 0;

  const head = () => $(".source-head[data-doc]");
  const state = () => $(".source-head[data-state]")?.dataset.state;
  const frame = () => document.getElementById("source-frame");
  const said = (key, values = {}) => {
    const words = head().dataset[key] || "";
    return words.replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
  };
  const tell = (words) => { $(".said").textContent = words; };
  const expand = (name, open) => {
    $(`#source-${name}`).hidden = !open;
    $(`[data-act="${name}"]`).setAttribute("aria-expanded", String(open));
  };
  const address = (data, path, spans, extra = {}) => {
    const query = new URLSearchParams(spans.map((span) => ["span", span]));
    if (data.collection) query.set("collection", data.collection);
    Object.entries(extra).forEach(([key, value]) => query.set(key, value));
    return query.size ? `${path}?${query}` : path;
  };

  const theme = () => {
    const page = frame()?.contentDocument?.documentElement;
    if (page) page.dataset.theme = document.body.classList.contains("dark") ? "dark" : "light";
  };

  /* The place of the frame is replaced: going back in the browser must not change the document below its head. */
  const load = (url) => {
    loaded = url;
    reader = null;
    found = [];
    $("#source-find").hidden = true;
    $("#source-find input").value = "";
    frame().contentWindow.location.replace(url || "about:blank");
  };

  /* What the head says is shown: another document is loaded, the same one only goes to another place. */
  const apply = () => {
    $("#source-filter :is(input, textarea)")?.setAttribute("role", "searchbox");
    const one = head();
    if (!one) {
      if (loaded) load("");
      if (state() === undefined) document.body.classList.remove("reading");
      return;
    }
    const data = one.dataset, url = address(data, data.view, JSON.parse(data.spans));
    pane.name(data);
    frame().title = data.title;
    if (`${url} ${data.version}` === loaded) {
      expand("find", !$("#source-find").hidden);
      $('[data-act="picture"]')?.setAttribute("aria-pressed", String(frame().hidden));
      if (!wanting) return count(); /* other words or facts, the same place */
    }
    at = Number(data.stop);
    focus = JSON.parse(data.focus);
    if (`${url} ${data.version}` === loaded) return settle();
    pane.picture(false);
    frame().setAttribute("aria-busy", "true");
    load(url);
    loaded = `${url} ${data.version}`;
  };

  const arrived = () => {
    const page = frame().contentDocument;
    if (!loaded || !page?.querySelector("main")) return;
    page.documentElement.dataset.pane = "";
    theme();
    page.addEventListener("keydown", passed);
    page.addEventListener("click", check);
    frame().removeAttribute("aria-busy");
    reader = window.qingwenReader(frame());
    if (focus && head() && !state() && reader.quote(focus) !== head().dataset.quote && again !== loaded) {
      again = loaded; /* it was changed between its head and its text: once more, and nothing is marked */
      return look("reopen");
    }
    settle();
  };
  /* Ask whether the document was changed or removed meanwhile. */
  const check = () => {
    if (state() === undefined || Date.now() - looked < REST) return;
    looked = Date.now();
    look();
  };

  /* Marks, counter and links of the place that is in focus. */
  const settle = () => {
    if (!reader || !head()) return;
    mark = reader.focus(focus);
    if (mark) reader.show(mark);
    else if (focus === null) frame().contentWindow.scrollTo(0, 0);
    count();
    if (!$("#source-pages").hidden) pane.turn();
    if (wanting) land();
  };
  const count = () => {
    const stops = JSON.parse(head().dataset.stops), counter = $(".at");
    if (counter) counter.textContent = `${at < 0 ? "–" : at + 1} / ${stops.length}`;
    const link = $("a.view");
    if (focus && !state()) {
      const url = address(head().dataset, head().dataset.view, JSON.parse(head().dataset.spans).filter(
        (span) => span !== focus.join("-")), { start: focus[0], end: focus[1] });
      link.setAttribute("href", `${url}#hit`);
    }
  };

  /* The keyboard goes to the cited words, or stays on the button that led to them, or where somebody types. */
  const land = () => {
    wanting = false;
    const button = act && $(`[data-act="${act}"]`);
    act = "";
    if (typing()) return;
    if (button) return button.focus();
    const target = mark || reader.root;
    target.tabIndex = -1;
    target.focus({ preventScroll: true });
  };

  const step = (by) => {
    const stops = JSON.parse(head().dataset.stops);
    const to = at < 0 ? (by > 0 ? 0 : stops.length - 1) : (at + by + stops.length) % stops.length;
    const [same, ...span] = stops[to];
    if (!same) {
      act = by > 0 ? "next" : "previous";
      const button = $('[data-event="step"]');
      button.dataset.at = to;
      button.click();
      return;
    }
    at = to;
    focus = span;
    settle();
    tell(said("at", { at: at + 1, count: stops.length }));
  };

  const seek = (by) => {
    if (!reader) return;
    here = found.length ? (here + by + found.length) % found.length : 0;
    reader.stand(found, here);
    const typed = $("#source-find input").value.trim();
    tell(found.length ? said("found", { at: here + 1, count: found.length }) : typed && said("unfound"));
  };
  const search = () => {
    if (!reader) return;
    found = reader.find($("#source-find input").value);
    here = 0;
    seek(0);
  };
  const close = (name) => {
    expand(name, false);
    if (name === "find" && reader) ["found", "here"].forEach((kind) => reader.light(kind, []));
    tell("");
    $(`[data-act="${name}"]`).focus();
  };

  const toggle = (name) => {
    const open = $(`#source-${name}`).hidden;
    if (!open) return close(name);
    expand(name, true);
    if (name === "find") $("#source-find input").focus();
    else if (reader) pane.contents();
  };
  const pane = {
    $, head, frame, said, tell, address,
    get reader() { return reader; },
    get focus() { return focus; },
    get mark() { return mark; },
    state,
    acts: {
      previous: () => step(-1), next: () => step(1), back: () => seek(-1),
      contents: () => toggle("contents"), find: () => toggle("find"),
    },
  };

  const leave = () => {
    document.body.classList.remove("reading");
    if (loaded) load("");
    if (opener?.isConnected) opener.focus();
  };
  const escape = () => {
    if (state() === undefined) return false;
    const open = head() && ["find", "contents"].find((name) => $(`#source-${name}`)?.hidden === false);
    if (open) close(open);
    else $(".close").click();
    return true;
  };
  /* Keys pressed in the document are the page's, too. */
  const passed = (key) => {
    const same = new KeyboardEvent("keydown", { key: key.key, bubbles: true, cancelable: true,
      ctrlKey: key.ctrlKey, metaKey: key.metaKey, altKey: key.altKey, shiftKey: key.shiftKey });
    if (!frame().dispatchEvent(same)) key.preventDefault();
  };

  document.addEventListener("keydown", (key) => {
    if (key.key === "Escape" && escape()) key.preventDefault();
  });
  document.addEventListener("click", (click) => {
    const button = click.target.closest?.("button");
    if (!button?.dataset.event) check(); /* what has an event of its own may open another document */
    if (!button) return;
    if (!button.closest("#source-head, #source-find")) {
      if (button.dataset.event) opener = button;
    } else if (button.dataset.act) pane.acts[button.dataset.act]();
    else if (button.dataset.event === "leave") leave();
  }, true);
  document.addEventListener("submit", (sent) => {
    if (sent.target.id !== "source-find") return;
    sent.preventDefault();
    seek(1);
  });
  document.addEventListener("load", (done) => { if (done.target === frame()) arrived(); }, true);
  document.addEventListener("input", (typed) => { if (typed.target.closest("#source-find")) search(); });
  document.addEventListener("keydown", (key) => {
    if (key.key === "Enter" && key.shiftKey && key.target.closest?.("#source-find")) {
      key.preventDefault();
      seek(-1);
    }
  });

  addEventListener("focus", check);
  document.addEventListener("visibilitychange", () => { if (!document.hidden) check(); });

  own.source = (element, trigger, watch, checked) => {
    look = (event = checked) => trigger(event, { state: state() });
    new MutationObserver(theme).observe(document.body, { attributes: true, attributeFilter: ["class"] });
    watch("value", apply);
  };
  own.pane = pane;
  own.reveal = () => {
    drawn(() => {
      if (state() === undefined) return; /* it could not be opened, which a notice tells */
      document.body.classList.add("reading");
      wanting = !!head();
      if (wanting) apply();
      else if (!typing()) $(".close").focus();
    });
  };
  own.selection = () => {
    const chosen = head() && !state() && reader?.selection(); /* of a text of now */
    return chosen ? { doc_id: head().dataset.doc, collection: head().dataset.collection, ...chosen } : null;
  };
})();
