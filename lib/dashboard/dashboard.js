"use strict";
// Replaces the fragments that the server sends, and keeps filters in the address.
(() => {
  const connection = document.getElementById("connection");
  let stream = null;

  const stateOf = (holder) => ({
    open: new Set(
      [...holder.querySelectorAll("details[open] > summary")].map((summary) => summary.textContent),
    ),
    checked: new Set([...holder.querySelectorAll("input:checked")].map((input) => input.value)),
    sorted: [...holder.querySelectorAll(".sortable th")].map((head) => head.getAttribute("aria-sort")),
  });

  const restore = (holder, { open, checked, sorted }) => {
    for (const summary of holder.querySelectorAll("details > summary")) {
      if (open.has(summary.textContent)) summary.parentElement.open = true;
    }
    for (const input of holder.querySelectorAll("input[type=checkbox]")) {
      input.checked = checked.has(input.value);
    }
    const column = sorted.findIndex((order) => order === "ascending" || order === "descending");
    const head = holder.querySelectorAll(".sortable th")[column];
    if (head === undefined) return;
    // The first click sorts ascending, the second descending.
    head.querySelector("button").click();
    if (sorted[column] === "descending") head.querySelector("button").click();
  };

  const show = (fragments) => {
    for (const [id, markup] of Object.entries(fragments)) {
      const holder = document.getElementById(id);
      if (holder === null) continue;
      const state = stateOf(holder);
      holder.innerHTML = markup;
      restore(holder, state);
    }
    globalThis.seedbed.refresh();
  };

  const listen = () => {
    stream?.close();
    const { live } = document.body.dataset;
    if (live === "") return;
    stream = new EventSource(`${live}${location.search}`);
    stream.onopen = () => connection.hidden = true;
    stream.onmessage = ({ data }) => show(JSON.parse(data));
    stream.onerror = () => {
      connection.hidden = false;
      connection.textContent = "The dashboard does not answer; this page may be outdated.";
    };
  };

  const keepInAddress = (form) => {
    const query = new URLSearchParams();
    for (const [name, value] of new FormData(form)) if (value !== "") query.append(name, value);
    const text = query.toString();
    history.replaceState(null, "", text === "" ? location.pathname : `?${text}`);
  };

  let pause = 0;
  document.addEventListener("input", ({ target }) => {
    const form = target.closest("form[data-live-filter], form[data-deep-link]");
    if (form === null) return;
    keepInAddress(form);
    if (!form.matches("[data-live-filter]")) return;
    clearTimeout(pause);
    pause = setTimeout(listen, 250);
  });
  document.addEventListener("submit", (event) => {
    if (!event.target.matches("form[data-live-filter], form[data-deep-link]")) return;
    event.preventDefault();
    keepInAddress(event.target);
    listen();
  });

  for (const form of document.querySelectorAll("form[data-deep-link]")) {
    form.elements.text.value = new URLSearchParams(location.search).get("text") ?? "";
  }
  globalThis.seedbed.refresh();
  listen();
  addEventListener("pagehide", () => stream?.close());
})();
