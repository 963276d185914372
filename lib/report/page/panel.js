"use strict";
// Shows the settings, the curves and the commands of a trial beside the page.
(() => {
  const { seedbed } = globalThis;
  const { make } = seedbed;
  const panel = make("dialog", { id: "panel" });
  panel.setAttribute("aria-labelledby", "panel_title");
  document.body.append(panel);

  const inSvg = (name, attributes, ...children) => {
    const made = document.createElementNS("http://www.w3.org/2000/svg", name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    made.append(...children);
    return made;
  };

  const textOf = (value, format) =>
    format === "percent" ? `${(100 * value).toFixed(2)} %` : Number(value).toPrecision(4);

  const [WIDTH, HEIGHT] = [320, 110];
  const curve = ({ label, format }, { values, last, stride }) => {
    const marks = values.map((value, index) => ({ value, epoch: Math.min(last, index * stride) }))
      .filter(({ value }) => value !== null);
    if (marks.length === 0) return [];
    const heights = marks.map(({ value }) => value);
    const [low, high] = [Math.min(...heights), Math.max(...heights)];
    const isLog = format === "number" && low > 0 && high / low > 8;
    const place = (value) => isLog ? Math.log(value) : value;
    const share = (value) => high === low ? 0.5 : (place(value) - place(low)) / (place(high) - place(low));
    const at = ({ value, epoch }) => [epoch / Math.max(1, last) * WIDTH, (1 - share(value)) * HEIGHT];
    const path = marks.map((mark) => at(mark).map((place) => place.toFixed(1)).join()).join("L");
    const [x, y] = at(marks.at(-1));
    return [
      make("h3", {}, `${label}${isLog ? " (logarithmic)" : ""}`),
      inSvg(
        "svg",
        { viewBox: `-4 -6 ${WIDTH + 8} ${HEIGHT + 12}`, "aria-hidden": "true" },
        inSvg("path", { class: "frame", d: `M0,0V${HEIGHT}H${WIDTH}` }),
        inSvg("path", { class: "curve", d: `M${path}` }),
        inSvg("circle", { class: "end", cx: x, cy: y, r: 3.5 }),
      ),
      make(
        "p",
        { className: "note" },
        `From ${textOf(low, format)} to ${textOf(high, format)}; ` +
          `${textOf(heights.at(-1), format)} at epoch ${marks.at(-1).epoch}, the last.`,
      ),
    ];
  };

  const settings = (entries) =>
    make(
      "dl",
      { className: "parameters" },
      ...entries.map(([name, value]) => make("div", {}, make("dt", {}, name), make("dd", {}, value))),
    );

  const curves = (data, trial) => {
    if (data.curves[trial] === undefined) {
      return [make("p", { className: "note" }, "history.csv has its curve.")];
    }
    const [last, ...lists] = data.curves[trial];
    return data.metrics.flatMap((metric, index) =>
      curve(metric, { values: lists[index], last, stride: data.stride })
    );
  };

  const commands = (data, trial) => {
    const [, , , bestEpoch] = data.trials[trial];
    const epoch = Math.max(1, bestEpoch ?? data.curves[trial]?.[0] ?? 1);
    return data.commands.flatMap(({ title, text }) => [
      make("h3", {}, title),
      make("pre", {}, make("code", {}, text.replace("{trial}", trial).replace("{epoch}", epoch))),
    ]);
  };

  // The other repeats of the trial's point.
  const repeats = (data, trial) => {
    const [point] = data.trials[trial];
    const ids = Object.keys(data.trials).filter((id) => data.trials[id][0] === point);
    if (ids.length < 2) return [];
    const buttons = ids.map((id) => {
      const button = make("button", { type: "button" }, `repeat ${data.trials[id][1]}`);
      button.setAttribute("aria-pressed", String(id === trial));
      button.addEventListener("click", () => {
        fill(data, id);
        panel.querySelector("[aria-pressed=true]").focus();
      });
      return button;
    });
    return [make("p", { className: "controls" }, ...buttons)];
  };

  function fill(data, trial) {
    const [point, repeat, end, bestEpoch, accuracy] = data.trials[trial];
    const close = make("button", { type: "button", className: "close", autofocus: true }, "Close");
    close.addEventListener("click", () => panel.close());
    const isWinner = end === "winner";
    panel.replaceChildren(
      close,
      make("h2", { id: "panel_title" }, "Trial ", make("code", {}, trial)),
      ...repeats(data, trial),
      settings([
        ...data.axes.map(({ name, values }, index) => [name, values[data.points[point]?.[index]] ?? ""]),
        ["repeat", repeat],
        ["status", isWinner ? "done, winner" : end],
        ...accuracy === "" ? [] : [["best validation", `${accuracy} at epoch ${bestEpoch}`]],
      ]),
      ...curves(data, trial),
      ...commands(data, trial),
    );
  }

  // Opens the panel of a trial, or of the first trial of a point; the focus goes back to where it was opened.
  seedbed.open = ({ dataset }, from) => {
    const data = seedbed.data();
    if (data === null) return;
    const trial = dataset.trial ??
      Object.keys(data.trials).find((id) => data.trials[id][0] === Number(dataset.point));
    if (trial === undefined || data.trials[trial] === undefined) return;
    fill(data, trial);
    // The browser gives the focus back to what has it now.
    from.focus({ preventScroll: true });
    panel.showModal();
  };
  panel.addEventListener("click", ({ target }) => {
    if (target === panel) panel.close();
  });

  seedbed.refresh();
})();
