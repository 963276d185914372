import lines from "./lines.js" with { type: "text" };
import panel from "./panel.js" with { type: "text" };
import tables from "./page.js" with { type: "text" };

/** The script of a report and of the dashboard's pages. */
export const PAGE_SCRIPT = `${tables}\n${lines}\n${panel}`;
