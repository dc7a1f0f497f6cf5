"use strict";
/* Jobs are followed stage by stage, told of when they end, and can be cancelled. */
(() => {
  const AGAIN = 4000; /* milliseconds after a stream that broke */
  const { wires, own, all, say, look, within, call } = window.qingwen.papers;
  const states = new Map(); /* name of a job to its state when it was last looked at */
  let stream = null;
  let followed = "";

  /* Jobs: the oldest that has not ended is followed; those that run, run together */
  const follow = () => {
    const row = all("jobs", "[data-active]").at(-1);
    const next = row?.dataset.job ?? "";
    if (next === followed) return;
    stream?.close();
    followed = next;
    if (!next) return;
    stream = new EventSource(address(row));
    stream.onmessage = (message) => told(JSON.parse(message.data));
    stream.onerror = () => {
      stream.close();
      followed = "";
      setTimeout(look, AGAIN);
    };
  };

  const address = (row) => within(`v1/jobs/${row.dataset.job}`, row.closest("[data-collection]").dataset.collection);

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

  wires.jobs = (root, watch) => {
    root.addEventListener("click", async (click) => {
      const button = click.target.closest('[data-act="cancel"]');
      if (!button) return;
      button.disabled = true;
      await call("DELETE", address(button.closest("[data-job]"))).catch(() => {});
      look();
    });
    watch("value", () => {
      ended();
      follow();
    });
    ended();
    follow();
  };
})();
