"use strict";
/* Files are sent, jobs followed, facts edited, and a removal waits a moment in which it can be undone.
   What changes documents goes through the HTTP interface; the list itself is made by the server. */
Object.assign(window.qingwen, (() => {
  const GRACE = 8000; /* milliseconds in which a removal can be undone */
  const LARGEST = 256e6; /* bytes of one upload, as the server has it */
  const BATCH = 20; /* files that are sent at a time: a file that is refused costs no more */
  const BATCH_BYTES = 64e6;
  const LOOK = 4000; /* milliseconds between looks at what others change */
  const LEFT = "qingwen.left";
  const parts = {};
  const going = new Map(); /* name of a document to title, timer, and whether it is being removed */
  const refused = new Map(); /* name of a file to the file, the reason, and whether it may be replaced */
  const states = new Map(); /* name of a job to its state when it was last looked at */
  const own = new Set(); /* names of the jobs that were begun here */
  let waiting = [];
  let sending = null;
  let stream = null;
  let followed = "";
  let version = "";

  const find = (part, selector) => parts[part]?.element.querySelector(selector);
  const all = (part, selector) => [...(parts[part]?.element.querySelectorAll(selector) ?? [])];
  const fill = (key, values = {}) => {
    const words = JSON.parse(find("upload", "[data-words]").dataset.words)[key];
    return words.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
  };
  const say = (key, values) => {
    const line = find("upload", ".said");
    if (line) line.textContent = fill(key, values);
  };
  const look = () => parts.jobs?.trigger({});
  const address = (name) => `v1/documents/${name.split("/").map(encodeURIComponent).join("/")}`;
  const detail = (text) => {
    try {
      return JSON.parse(text).detail;
    } catch {
      return text.slice(0, 200);
    }
  };
  const call = async (method, path, body) => {
    const json = body && { headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) };
    const reply = await fetch(path, { method, ...json });
    if (!reply.ok) throw new Error(detail(await reply.text()));
    return reply.json();
  };
  const element = (name, values, ...children) => {
    const made = Object.assign(document.createElement(name), values);
    made.append(...children);
    return made;
  };

  /* Uploads */
  const send = (files, replace) =>
    new Promise((done) => {
      const form = new FormData();
      files.forEach((file) => form.append("files", file, file.name));
      const request = new XMLHttpRequest();
      request.open("POST", `v1/documents${replace ? "?replace=true" : ""}`);
      request.upload.onprogress = (step) => {
        sending.share = step.total ? step.loaded / step.total : 0;
        draw();
      };
      request.onload = () => {
        const taken = request.status === 202;
        if (taken) own.add(JSON.parse(request.responseText).job_id);
        done(taken ? "" : detail(request.responseText) || String(request.status));
      };
      request.onerror = () => done(fill("lost"));
      request.send(form);
    });

  const batch = () => {
    let bytes = 0;
    const end = waiting.findIndex((file, at) => (bytes += file.size) > BATCH_BYTES && at > 0);
    return waiting.splice(0, Math.min(BATCH, end < 0 ? BATCH : end));
  };

  const deliver = async () => {
    sending = { done: 0, taken: 0, share: 0 };
    while (waiting.length) {
      const files = batch();
      const wrong = await send(files);
      if (!wrong) sending.taken += files.length;
      else if (files.length === 1) refuse(files[0], wrong);
      else for (const file of files) await alone(file);
      sending.done += files.length;
      sending.share = 0;
      draw();
      say("sent", { count: sending.taken });
      look();
    }
    sending = null;
    draw();
  };

  const alone = async (file) => {
    const wrong = await send([file]);
    if (wrong) refuse(file, wrong);
    else sending.taken += 1;
  };

  const refuse = (file, reason) => refused.set(file.name, { file, reason, there: /replace=true/.test(reason) });

  const add = (files) => {
    for (const file of files) {
      refused.delete(file.name);
      if (file.size > LARGEST) refuse(file, fill("too.large"));
      else waiting.push(file);
    }
    draw();
    if (waiting.length && !sending) deliver();
  };

  const replace = async (file) => {
    refused.delete(file.name);
    sending ??= { done: 0, taken: 0, share: 0 };
    const wrong = await send([file], true);
    if (wrong) refuse(file, wrong);
    else say("sent", { count: 1 });
    if (!waiting.length) sending = null;
    draw();
    look();
  };

  const draw = () => {
    const line = find("upload", ".sending");
    if (!line) return;
    line.hidden = !sending;
    if (sending) {
      const total = sending.done + Math.max(waiting.length, 1);
      line.querySelector("progress").value = (sending.done + sending.share) / total;
      line.querySelector(".count").textContent = fill("sending", { done: Math.min(sending.done + 1, total), total });
    }
    const items = [...refused.values()].map(({ file, reason, there }) => {
      const button = (key, act) => element("button", { type: "button", textContent: fill(key), onclick: act });
      const dismiss = button("dismiss", () => refused.delete(file.name) && draw());
      const buttons = there ? [button("replace", () => replace(file)), dismiss] : [dismiss];
      return element("li", {}, element("strong", { textContent: file.name }), ` ${reason} `, ...buttons);
    });
    find("upload", ".refused").replaceChildren(...items);
  };

  const dropped = async ({ items, files: plain }) => {
    const entries = [...items].map((item) => item.webkitGetAsEntry?.()).filter(Boolean);
    const files = entries.length ? [] : [...plain];
    const walk = async (entry) => {
      if (entry.isFile) return files.push(await new Promise((done, wrong) => entry.file(done, wrong)));
      const reader = entry.createReader();
      for (;;) {
        const some = await new Promise((done, wrong) => reader.readEntries(done, wrong));
        if (!some.length) return;
        for (const one of some) if (!one.name.startsWith(".")) await walk(one);
      }
    };
    for (const entry of entries) await walk(entry);
    add(files);
  };

  const upload = (root) => {
    root.addEventListener("click", (click) => {
      if (click.target.closest('[data-act="choose"]')) root.querySelector("input").click();
    });
    root.addEventListener("change", (change) => {
      add([...change.target.files]);
      change.target.value = "";
    });
    const over = (drag, on) => {
      if (!drag.dataTransfer?.types.includes("Files")) return;
      drag.preventDefault();
      root.querySelector(".drop").classList.toggle("over", on);
    };
    root.addEventListener("dragover", (drag) => over(drag, true));
    root.addEventListener("dragleave", (drag) => over(drag, false));
    root.addEventListener("drop", (drop) => {
      over(drop, false);
      dropped(drop.dataTransfer);
    });
    draw();
    const left = localStorage.getItem(LEFT);
    localStorage.removeItem(LEFT);
    if (left) say("left", { title: left });
  };

  /* Jobs: the oldest that has not ended is followed; those that run, run together */
  const follow = () => {
    const next = all("jobs", "[data-active]").at(-1)?.dataset.job ?? "";
    if (next === followed) return;
    stream?.close();
    followed = next;
    if (!next) return;
    stream = new EventSource(`v1/jobs/${next}`);
    stream.onmessage = (message) => told(JSON.parse(message.data));
    stream.onerror = () => {
      stream.close();
      followed = "";
      setTimeout(look, LOOK);
    };
  };

  const told = (job) => {
    const row = all("jobs", "[data-job]").find((one) => one.dataset.job === job.job_id);
    if (job.ended || (row && row.dataset.state !== job.state)) {
      stream.close();
      followed = "";
      return look();
    }
    for (const one of all("jobs", '[data-state="running"]')) {
      one.querySelectorAll(".stages li").forEach((step) => {
        if (step.dataset.of.split(" ").includes(job.stage)) step.setAttribute("aria-current", "step");
        else step.removeAttribute("aria-current");
      });
      Object.assign(one.querySelector("progress"), { max: Math.max(job.total, 1), value: job.done });
      one.querySelector(".count").textContent = job.total ? `${job.done} / ${job.total}` : "";
    }
  };

  /* Tells of jobs that ended since the last look: those that were active then, and our own */
  const ended = () => {
    for (const row of all("jobs", "[data-job]")) {
      const { job, state } = row.dataset;
      const before = states.get(job) ?? (own.has(job) ? "waiting" : state);
      states.set(job, state);
      if (before === state || "active" in row.dataset) continue;
      const bad = row.querySelectorAll(".refused li").length;
      if (state === "failed") say("failed.job", { reason: row.querySelector(".reason").textContent });
      else if (state === "cancelled") say("stopped");
      else say(bad ? "finished.some" : "finished", { count: bad });
    }
  };

  const jobs = (root, watch) => {
    root.addEventListener("click", async (click) => {
      const button = click.target.closest('[data-act="cancel"]');
      if (!button) return;
      button.disabled = true;
      await call("DELETE", `v1/jobs/${button.closest("[data-job]").dataset.job}`).catch(() => {});
      look();
    });
    watch("value", () => {
      ended();
      follow();
    });
    ended();
    follow();
  };

  /* The list */
  const mark = () => {
    for (const row of all("sheet", ".paper")) {
      const removal = going.get(row.dataset.doc);
      row.classList.toggle("going", !!removal);
      row.querySelectorAll("[data-act]").forEach((button) => {
        const undo = button.dataset.act === "undo";
        button.hidden = undo ? !removal || removal.begun : !!removal;
      });
    }
  };

  const remove = (name, title) => {
    const timer = setTimeout(() => gone(name, title), GRACE);
    going.set(name, { title, timer, begun: false });
    mark();
    say("going", { title, seconds: GRACE / 1000 });
  };

  const undo = (name, title) => {
    clearTimeout(going.get(name).timer);
    going.delete(name);
    mark();
    say("kept", { title });
  };

  const gone = async (name, title) => {
    going.get(name).begun = true;
    mark();
    try {
      await call("DELETE", address(name));
      say("removed", { title });
    } catch (error) {
      say("unremoved", { title, reason: error.message });
    }
    going.delete(name);
    mark();
    look();
  };

  /* What was not removed yet when the page is left stays, and is told of when it is opened again */
  addEventListener("beforeunload", (leaving) => {
    if (going.size || sending) leaving.preventDefault();
  });
  addEventListener("pagehide", () => {
    const titles = [...going.values()].filter((one) => !one.begun).map((one) => one.title);
    if (titles.length) localStorage.setItem(LEFT, titles.join("、"));
  });

  const asked = (page = "1") => {
    const form = find("tools", "form");
    const values = Object.fromEntries(["words", "state", "order"].map((name) => [name, form.elements[name].value]));
    const descending = form.elements.descending.getAttribute("aria-pressed");
    parts.tools.trigger({ ...values, descending, page });
  };

  const sheet = (root, watch) => {
    let held = null;
    root.addEventListener("click", (click) => {
      const button = click.target.closest("[data-act]");
      if (!button) return;
      const { doc, title } = button.closest(".paper")?.dataset ?? {};
      const acts = { page: () => asked(button.dataset.page), edit: () => edit(button.closest(".paper")) };
      if (button.dataset.act === "remove") {
        remove(doc, title);
        button.parentElement.querySelector('[data-act="undo"]').focus();
      } else if (button.dataset.act === "undo") {
        undo(doc, title);
        button.parentElement.querySelector('[data-act="remove"]').focus();
      } else acts[button.dataset.act]?.();
    });
    root.addEventListener("focusin", () => (held = document.activeElement));
    root.addEventListener("focusout", (focus) => focus.relatedTarget && (held = null));
    watch("value", () => {
      mark();
      if (held && !held.isConnected && document.activeElement === document.body) {
        const row = all("sheet", ".paper").find((one) => one.dataset.doc === held.closest(".paper")?.dataset.doc);
        (row?.querySelector("button:not([hidden])") ?? find("sheet", ".total"))?.focus();
      }
      const now = find("sheet", "[data-version]")?.dataset.version ?? "";
      if (version && now !== version) parts.sheet.trigger({});
      version = now || version;
    });
    version = find("sheet", "[data-version]")?.dataset.version ?? "";
    mark();
  };

  const tools = (root) => {
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
    dialog.dataset.doc = row.dataset.doc;
    dialog.querySelector(".name").textContent = row.dataset.doc;
    dialog.querySelector(".wrong").textContent = "";
    for (const name of ["title", "date", "source"]) {
      const box = dialog.querySelector("form").elements[name];
      box.value = box.defaultValue = row.dataset[name];
    }
    dialog.showModal();
  };

  const dialog = (root) => {
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
        const paper = inputs.length ? await call("PATCH", address(box.dataset.doc), said) : null;
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
    if (shown || sending || going.size) look();
  }, LOOK);

  const documents = (name, root, trigger, watch) => {
    parts[name] = { element: root, trigger };
    ({ upload, jobs, sheet, tools, dialog })[name](root, watch);
    if (name === "upload") watch("value", draw);
  };
  return { documents };
})());
