"use strict";
// Sorts and filters tables. Everything can be read without the page's scripts.
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
    globalThis.seedbed.refresh();
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
    if (form !== null) globalThis.seedbed.refresh();
  });
  document.addEventListener("submit", (event) => {
    if (event.target.matches("form[data-filters]")) event.preventDefault();
  });

  // Parts of the page, after the server has replaced them, are set up again by each of these.
  const refreshers = [() => document.querySelectorAll("form[data-filters]").forEach(filter)];
  globalThis.seedbed = {
    onRefresh: (refresh) => refreshers.push(refresh),
    refresh: () => refreshers.forEach((refresh) => refresh()),
  };
})();
