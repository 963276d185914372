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
  });

  // How tables are sorted is part of the address: sort=TABLE.COLUMN.asc
  const sortsInAddress = () =>
    new URLSearchParams(location.search).getAll("sort").map((text) => text.split("."));

  const sortTables = (holder) => {
    for (const [table, column, order] of sortsInAddress()) {
      const head = holder.querySelectorAll(`#${CSS.escape(table)} thead th`)[Number(column)];
      if (head === undefined) continue;
      // The first click sorts ascending, the second descending.
      const wanted = order === "desc" ? "descending" : "ascending";
      for (let click = 0; click < 2 && head.getAttribute("aria-sort") !== wanted; click++) {
        head.querySelector("button").click();
      }
    }
  };

  const keepSort = (head) => {
    const table = head.closest("table");
    const order = head.getAttribute("aria-sort") === "descending" ? "desc" : "asc";
    const query = new URLSearchParams(location.search);
    const others = query.getAll("sort").filter((text) => text.split(".")[0] !== table.id);
    query.delete("sort");
    for (const text of [...others, `${table.id}.${head.cellIndex}.${order}`]) query.append("sort", text);
    history.replaceState(null, "", `?${query}`);
  };

  const restore = (holder, { open, checked }) => {
    for (const summary of holder.querySelectorAll("details > summary")) {
      if (open.has(summary.textContent)) summary.parentElement.open = true;
    }
    for (const input of holder.querySelectorAll("input[type=checkbox]")) {
      input.checked = checked.has(input.value);
    }
    sortTables(holder);
  };

  // What is replaced between the press and the release of a pointer gets no click; so it is shown after the click.
  let isPressed = false;
  let held = {};

  const show = (fragments) => {
    if (isPressed) {
      Object.assign(held, fragments);
      return;
    }
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

  const release = () => {
    isPressed = false;
    show(held);
    held = {};
  };
  addEventListener("pointerdown", () => isPressed = true);
  // The click follows at once, before any timer.
  for (const end of ["pointerup", "pointercancel"]) addEventListener(end, () => setTimeout(release));
  addEventListener("blur", release);

  const keepInAddress = (form) => {
    const query = new URLSearchParams();
    for (const [name, value] of new FormData(form)) if (value !== "") query.append(name, value);
    for (const sort of new URLSearchParams(location.search).getAll("sort")) query.append("sort", sort);
    const text = query.toString();
    history.replaceState(null, "", text === "" ? location.pathname : `?${text}`);
  };

  document.addEventListener("click", (event) => {
    const { target } = event;
    const button = target.closest(".sortable th button");
    // A click of this script repeats what the address says.
    if (button !== null && event.isTrusted) keepSort(button.closest("th"));
    const row = target.closest("tr[data-href]");
    const isText = String(getSelection()) !== "";
    if (row === null || isText || target.closest("a, button, input, label, summary") !== null) return;
    if (event.ctrlKey || event.metaKey) open(row.dataset.href);
    else location.assign(row.dataset.href);
  });

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
  sortTables(document);
  globalThis.seedbed.refresh();
  listen();
  addEventListener("pagehide", () => stream?.close());
})();
