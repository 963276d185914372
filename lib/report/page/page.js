"use strict";
// Sorts and filters tables, and names what the pointer is at. Everything can be read without it.
(() => {
  const valueOf = (cell) => {
    const text = cell.dataset.value ?? cell.textContent;
    const number = Number(text);
    return text === "" ? null : Number.isNaN(number) ? text : number;
  };

  const compare = (left, right) =>
    typeof left === "number" && typeof right === "number"
      ? left - right
      : String(left).localeCompare(String(right), "en", { numeric: true });

  const sortBy = (head) => {
    const isAscending = head.getAttribute("aria-sort") !== "ascending";
    for (const other of head.parentElement.cells) other.setAttribute("aria-sort", "none");
    head.setAttribute("aria-sort", isAscending ? "ascending" : "descending");
    const body = head.closest("table").tBodies[0];
    const rows = [...body.rows].map((row) => ({ row, value: valueOf(row.cells[head.cellIndex]) }));
    rows.sort((left, right) => {
      // What has no value stands last, however it is sorted.
      if (left.value === null || right.value === null) return (left.value === null) - (right.value === null);
      return (isAscending ? 1 : -1) * compare(left.value, right.value);
    });
    body.append(...rows.map(({ row }) => row));
  };

  const filter = (form) => {
    const table = document.getElementById(form.dataset.filters);
    if (table === null) return;
    const words = form.elements.text.value.toLowerCase().split(/\s+/).filter(Boolean);
    const status = form.elements.status?.value ?? "";
    const rows = [...table.tBodies[0].rows];
    for (const row of rows) {
      const text = [...row.cells].map((cell) => cell.textContent).join(" ").toLowerCase();
      row.hidden = !words.every((word) => text.includes(word)) ||
        (status !== "" && row.dataset.status !== status);
    }
    form.elements.count.value = `${rows.filter((row) => !row.hidden).length} of ${rows.length}`;
  };

  document.addEventListener("click", (event) => {
    const button = event.target.closest(".sortable th button");
    if (button !== null) sortBy(button.closest("th"));
  });
  document.addEventListener("input", (event) => {
    const form = event.target.closest("form[data-filters]");
    if (form !== null) filter(form);
  });
  document.addEventListener("submit", (event) => {
    if (event.target.matches("form[data-filters]")) event.preventDefault();
  });

  const tip = document.getElementById("tip");
  const light = (trial) => {
    for (const line of document.querySelectorAll(".picture .lit")) line.classList.remove("lit");
    if (trial === null) return;
    for (const line of document.querySelectorAll(`.picture [aria-label$="(trial ${trial})"]`)) {
      line.classList.add("lit");
    }
  };
  document.addEventListener("pointermove", (event) => {
    if (!(event.target instanceof Element)) return;
    const mark = event.target.closest(".picture [aria-label]");
    tip.hidden = mark === null || !mark.closest("svg");
    if (!tip.hidden) {
      tip.textContent = mark.getAttribute("aria-label");
      // Left of the pointer where there is no room on its right.
      const { width, height } = tip.getBoundingClientRect();
      const x = event.clientX + 14 + width > innerWidth ? event.clientX - width - 10 : event.clientX + 14;
      const y = event.clientY + 14 + height > innerHeight ? event.clientY - height - 10 : event.clientY + 14;
      tip.style.left = `${Math.max(4, x)}px`;
      tip.style.top = `${Math.max(4, y)}px`;
    }
    const row = event.target.closest("tr[data-trial]");
    light(row === null ? null : row.dataset.trial);
  });
  globalThis.seedbedFilter = () => document.querySelectorAll("form[data-filters]").forEach(filter);
})();
