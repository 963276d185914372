"use strict";
// Names and highlights the lines of charts, colours them by an axis, and shows the chart of one metric at a time.
(() => {
  const LINES = "path[data-trial], path[data-point]";
  const LINED = '.picture:not([data-lines=""])';
  const ROWS = "tr[data-trial], tr[data-point]";
  const { seedbed } = globalThis;
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  // A row that the filter leaves out; rows of a folded table are there for when it is opened.
  const isOffered = (row) => !row.hidden;

  let read = { holder: null, data: null };
  // The data of trials and axes; null on a page that has none.
  seedbed.data = () => {
    const holder = document.getElementById("page_data");
    if (holder !== read.holder) read = { holder, data: holder && JSON.parse(holder.textContent) };
    return read.data;
  };

  // Highlights.

  const keyOf = ({ dataset: { trial, point } }) => trial === undefined ? `point ${point}` : `trial ${trial}`;

  const kinOf = ({ dataset: { trial, point } }) => {
    const trials = seedbed.data()?.trials ?? {};
    const of = trial === undefined ? Number(point) : trials[trial]?.[0];
    const ids = trial === undefined ? Object.keys(trials).filter((id) => trials[id][0] === of) : [trial];
    return [...ids.map((id) => `[data-trial="${id}"]`), ...of === undefined ? [] : [`[data-point="${of}"]`]];
  };

  let lit = "";
  const light = (element) => {
    const key = element === null ? "" : keyOf(element);
    if (key === lit) return;
    lit = key;
    for (const marked of all(".lit, .dimmed")) marked.classList.remove("lit", "dimmed");
    if (element === null) return;
    for (const marked of all(kinOf(element).join())) {
      marked.classList.add("lit");
      marked.closest("svg")?.classList.add("dimmed");
    }
  };

  const tip = document.getElementById("tip");
  const showTip = (mark, { x, y }) => {
    tip.hidden = false;
    tip.textContent = mark.getAttribute("aria-label");
    const { width, height } = tip.getBoundingClientRect();
    // Left of the pointer where there is no room on its right.
    const left = x + 14 + width > innerWidth ? x - width - 10 : x + 14;
    const top = y + 14 + height > innerHeight ? y - height - 10 : y + 14;
    tip.style.left = `${Math.max(4, left)}px`;
    tip.style.top = `${Math.max(4, top)}px`;
  };

  // A line is thin: one that passes nearby counts too.
  const OFFSETS = [[0, 0], [0, -3], [0, 3], [-3, 0], [3, 0], [0, -6], [0, 6]];
  const markAt = ({ target, clientX, clientY }) => {
    if (!(target instanceof Element) || target.closest(".picture svg") === null) return null;
    for (const [x, y] of OFFSETS) {
      const found = document.elementFromPoint(clientX + x, clientY + y);
      const mark = found?.closest(".picture svg [aria-label]:not(g)") ?? null;
      if (mark !== null) return mark;
    }
    return null;
  };

  const lineOf = (mark) => mark !== null && mark.matches(LINES) ? mark : null;
  const rowOf = (target) => target instanceof Element ? target.closest(ROWS) : null;

  document.addEventListener("pointermove", (event) => {
    const mark = markAt(event);
    if (mark === null) tip.hidden = true;
    else showTip(mark, { x: event.clientX, y: event.clientY });
    light(lineOf(mark) ?? rowOf(event.target) ?? rowOf(document.activeElement));
  });
  document.addEventListener("click", (event) => {
    const isControl = event.target.closest("a, button, summary, input, select, label") !== null;
    if (isControl || !getSelection().isCollapsed) return;
    const opened = lineOf(markAt(event)) ?? rowOf(event.target);
    if (opened !== null) seedbed.open(opened, opened.closest(".picture") ?? opened);
  });

  // Keys: up and down go through rows, and through the lines of a chart that has the focus.

  const enterable = () => all(ROWS).filter((row) => row.closest("table") !== null);
  const offerRows = () => {
    for (const rows of Map.groupBy(enterable(), (row) => row.closest("table")).values()) {
      const shown = rows.filter(isOffered);
      const entry = shown.find((row) => row.tabIndex === 0) ?? shown[0];
      for (const row of rows) row.tabIndex = row === entry ? 0 : -1;
    }
  };

  const goToRow = (row, step) => {
    const rows = all(ROWS, row.closest("table")).filter(isOffered);
    const next = rows[rows.indexOf(row) + step];
    if (next === undefined) return;
    row.tabIndex = -1;
    next.tabIndex = 0;
    next.focus();
  };

  const places = new WeakMap();
  const goToLine = (picture, step) => {
    // The winner's lines and the best are drawn last.
    const lines = all(LINES, picture).reverse();
    if (lines.length === 0) return;
    const before = lines.indexOf(places.get(picture));
    const line = lines[Math.min(lines.length - 1, Math.max(0, before + step))];
    places.set(picture, line);
    light(line);
    const { left, bottom } = picture.getBoundingClientRect();
    showTip(line, { x: left, y: bottom - 14 });
  };

  const STEPS = { ArrowDown: 1, ArrowUp: -1 };
  document.addEventListener("keydown", (event) => {
    const { target, key } = event;
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const isRow = target.matches(ROWS);
    if (!isRow && !target.matches(LINED)) return;
    const opened = isRow ? target : places.get(target);
    if (key in STEPS) isRow ? goToRow(target, STEPS[key]) : goToLine(target, STEPS[key]);
    else if (key === "Enter" && opened !== undefined) seedbed.open(opened, target);
    else return;
    event.preventDefault();
  });
  document.addEventListener("focusin", ({ target }) => light(rowOf(target)));
  document.addEventListener("focusout", ({ target }) => {
    if (target.matches(LINED)) places.delete(target);
    tip.hidden = true;
    light(null);
  });

  // The metric that is shown, and the axis that gives the colours.

  // What the person chose; null until then. It is kept while a running experiment has no curve of it yet.
  const chosen = { metric: null, colour: null };
  const shown = { metric: null, colour: null };
  const make = seedbed.make = (name, fields = {}, ...children) => {
    const made = Object.assign(document.createElement(name), fields);
    made.append(...children);
    return made;
  };

  const choice = (label, { options, value, choose }) => {
    const select = make("select", {}, ...options.map((text) => make("option", {}, text)));
    select.value = value;
    select.addEventListener("change", () => {
      choose(select.value);
      show();
    });
    return make("label", {}, `${label} `, select);
  };

  const WINNER = "winner";
  const colouredAxes = () => (seedbed.data()?.axes ?? []).filter(({ styles }) => styles.length > 1);
  // Bands replace the lines of many trials; then there are medians of the trials with a value of an axis.
  const hasMedians = () => document.querySelector("#curves path[data-axis]") !== null;
  // A chart is drawn in the colours of the axis that has several values, if there is only one.
  const drawnColour = () => colouredAxes().length === 1 && !hasMedians() ? colouredAxes()[0].name : WINNER;

  const setUpCurves = () => {
    const charts = document.querySelector("#curves .charts");
    const figures = charts === null ? [] : all("figure[data-metric]", charts);
    if (figures.length === 0 || charts.previousElementSibling?.matches(".curve_controls")) return show();
    const metrics = figures.map(({ dataset }) => dataset.metric);
    const axes = colouredAxes().map(({ name }) => name);
    const isOther = ({ dataset: { trial } }) => seedbed.data().trials[trial]?.[2] !== WINNER;
    const hasColours = axes.length > 0 &&
      (hasMedians() || all("path[data-trial]", figures[0]).some(isOther));
    const offered = (options, { value, otherwise }) => options.includes(value) ? value : otherwise;
    shown.metric = offered(metrics, { value: chosen.metric, otherwise: metrics[0] });
    shown.colour = offered([WINNER, ...axes], { value: chosen.colour, otherwise: drawnColour() });
    const choose = (key) => (text) => chosen[key] = shown[key] = text;
    charts.before(make(
      "form",
      { className: "controls curve_controls" },
      choice("Metric", { options: metrics, value: shown.metric, choose: choose("metric") }),
      ...hasColours
        ? [choice("Colour by", {
          options: [WINNER, ...axes],
          value: shown.colour,
          choose: choose("colour"),
        })]
        : [],
      make("span", { className: "note" }, "A line, or a row of a table, opens the trial."),
      make("ul", { className: "legend" }),
    ));
    show();
  };

  // What a line looks like in the colours of the winner.
  const GROUPS = {
    winner: { text: "winner", colour: "var(--accent)", dash: "", opacity: 1 },
    done: { text: "other trials", colour: "var(--faint)", dash: "", opacity: 0.6 },
    diverged: { text: "diverged", colour: "var(--warn)", dash: "", opacity: 0.7 },
  };

  const paint = () => {
    const { trials, points, axes } = seedbed.data();
    if (shown.colour === WINNER) {
      return { of: (trial) => GROUPS[trials[trial]?.[2]] ?? GROUPS.done, legend: Object.values(GROUPS) };
    }
    const index = axes.findIndex(({ name }) => name === shown.colour);
    const { values, styles } = axes[index];
    const looks = values.map((text, at) => ({
      text,
      colour: styles[at][0],
      dash: styles[at][1],
      opacity: 0.85,
    }));
    return { of: (trial) => looks[points[trials[trial]?.[0]]?.[index]] ?? GROUPS.done, legend: looks };
  };

  const MOST_ENTRIES = 8;
  const entry = ({ text, colour, dash }) => {
    const picture = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    const line = document.createElementNS("http://www.w3.org/2000/svg", "path");
    picture.setAttribute("viewBox", "0 0 24 8");
    picture.setAttribute("aria-hidden", "true");
    line.setAttribute("d", "M0,4H24");
    Object.assign(line.style, { stroke: colour, strokeDasharray: dash, strokeWidth: 3 });
    picture.append(line);
    return make("li", {}, picture, text);
  };

  function show() {
    const figures = all("#curves figure[data-metric]");
    for (const figure of figures) figure.hidden = figure.dataset.metric !== shown.metric;
    const legend = document.querySelector("#curves .legend");
    if (legend === null || seedbed.data() === null) return;
    const isDrawn = shown.colour === drawnColour();
    legend.hidden = isDrawn;
    const { of, legend: entries } = paint();
    const every = Math.ceil(entries.length / MOST_ENTRIES);
    const title = hasMedians() ? [make("li", {}, `Medians of the trials by ${shown.colour}:`)] : [];
    legend.replaceChildren(...title, ...entries.filter((_, index) => index % every === 0).map(entry));
    // Where there are medians, the winner keeps its colour.
    const keepsColours = isDrawn || hasMedians();
    for (const figure of figures) {
      figure.classList.toggle("recoloured", !keepsColours);
      for (const line of all("path[data-trial]", figure)) {
        const { colour, dash, opacity } = keepsColours
          ? { colour: "", dash: "", opacity: "" }
          : of(line.dataset.trial);
        Object.assign(line.style, { stroke: colour, strokeDasharray: dash, opacity });
      }
      for (const line of all("path[data-axis]", figure)) showMedian(line);
    }
  }

  function showMedian({ style, dataset }) {
    const [axis, value] = dataset.axis.split("-").map(Number);
    const { name, styles } = seedbed.data().axes[axis];
    const [stroke, strokeDasharray] = styles[value];
    const isShown = name === shown.colour;
    Object.assign(style, {
      stroke,
      strokeDasharray,
      opacity: isShown ? 1 : 0,
      pointerEvents: isShown ? "auto" : "none",
    });
  }

  seedbed.onRefresh(setUpCurves);
  seedbed.onRefresh(offerRows);
})();
