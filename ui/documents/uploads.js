"use strict";
/* Files that are dropped or chosen are sent a few at a time; what is refused says why, file by file. */
(() => {
  const LARGEST = 256e6; /* bytes of one upload, as the server has it */
  const BATCH = 20; /* files that are sent at a time: a file that is refused costs no more */
  const BATCH_BYTES = 64e6;
  const { wires, own, now, find, fill, say, look, shelf, within, detail, element, LEFT } = window.qingwen.papers;
  const refused = new Map(); /* name of a file to the file, the reason, and whether it may be replaced */
  const into = new WeakMap(); /* file to the collection that it was chosen for */
  let waiting = [];

  const send = (files, replace) =>
    new Promise((done) => {
      const form = new FormData();
      files.forEach((file) => form.append("files", file, file.name));
      const request = new XMLHttpRequest();
      request.open("POST", within("v1/documents", into.get(files[0]), replace ? { replace } : {}));
      request.upload.onprogress = (step) => {
        now.sending.share = step.total ? step.loaded / step.total : 0;
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
    const other = (file) => into.get(file) !== into.get(waiting[0]);
    const end = waiting.findIndex((file, at) => other(file) || ((bytes += file.size) > BATCH_BYTES && at > 0));
    return waiting.splice(0, Math.min(BATCH, end < 0 ? BATCH : end));
  };

  const deliver = async () => {
    now.sending = { done: 0, taken: 0, share: 0 };
    while (waiting.length) {
      const files = batch();
      Object.assign(now.sending, { size: files.length, total: now.sending.done + files.length + waiting.length });
      const wrong = await send(files);
      if (!wrong) now.sending.taken += files.length;
      else if (files.length === 1) refuse(files[0], wrong);
      else for (const file of files) await alone(file);
      now.sending.done += files.length;
      now.sending.share = 0;
      draw();
      say("sent", { count: now.sending.taken });
      look();
    }
    now.sending = null;
    draw();
  };

  const alone = async (file) => {
    const wrong = await send([file]);
    if (wrong) refuse(file, wrong);
    else now.sending.taken += 1;
  };

  const refuse = (file, reason) => refused.set(file.name, { file, reason, there: /replace=true/.test(reason) });

  const add = (files) => {
    for (const file of files) {
      refused.delete(file.name);
      into.set(file, shelf());
      if (file.size > LARGEST) refuse(file, fill("too.large"));
      else waiting.push(file);
    }
    draw();
    if (waiting.length && !now.sending) deliver();
  };

  const replace = async (file) => {
    refused.delete(file.name);
    now.sending ??= { done: 0, taken: 0, share: 0 };
    const wrong = await send([file], true);
    if (wrong) refuse(file, wrong);
    else say("sent", { count: 1 });
    if (!waiting.length) now.sending = null;
    draw();
    look();
  };

  const draw = () => {
    const line = find("upload", ".sending");
    if (!line) return;
    line.hidden = !now.sending;
    if (now.sending) {
      const { done, share, size = 1, total = 1 } = now.sending;
      line.querySelector("progress").value = (done + share * size) / total;
      line.querySelector(".count").textContent = fill("sending", { done: Math.min(done + size, total), total });
    }
    const here = [...refused.values()].filter(({ file }) => into.get(file) === shelf());
    const items = here.map(({ file, reason, there }) => {
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

  wires.upload = (root, watch) => {
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
    watch("value", draw);
    draw();
    const left = localStorage.getItem(LEFT);
    localStorage.removeItem(LEFT);
    if (left) say("left", { title: left });
  };
})();
