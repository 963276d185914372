import type { Page } from "./playwright_types.ts";

/** A text whose contrast is too low, or a page that has something else wrong with it. */
export interface ContrastFinding {
  readonly selector: string;
  /** From 1 to 21. */
  readonly ratio: number;
}

/** Returns the contrast of the first text that each selector finds with what is behind it, as WCAG 2 counts it. */
export function contrasts(page: Page, selectors: readonly string[]): Promise<readonly ContrastFinding[]> {
  return page.evaluate((selectors) => {
    const channels = (colour: string) => (colour.match(/[\d.]+/g) ?? []).map(Number);
    const luminance = (colour: string) => {
      const [red, green, blue] = channels(colour).map((channel) => {
        const share = channel / 255;
        return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
      });
      return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    };
    const groundOf = (element: Element | null): string => {
      if (element === null) return "rgb(255, 255, 255)";
      const { backgroundColor } = getComputedStyle(element);
      return channels(backgroundColor)[3] === 0 ? groundOf(element.parentElement) : backgroundColor;
    };
    return selectors.map((selector) => {
      const element = document.querySelector(selector);
      if (element === null) return { selector, ratio: 0 };
      const style = getComputedStyle(element);
      const ink = luminance(element instanceof SVGElement ? style.fill : style.color);
      const ground = luminance(groundOf(element));
      return { selector, ratio: (Math.max(ink, ground) + 0.05) / (Math.min(ink, ground) + 0.05) };
    });
  }, selectors);
}

/** Returns the markup of fields and buttons that have no accessible name. */
export function nameless(page: Page): Promise<readonly string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll<HTMLInputElement>("input:not([type=hidden]), select, button, summary")]
      .filter((field) => {
        const labels = [...field.labels ?? []].map((label) => label.textContent).join("");
        const own = field.matches("button, summary") ? field.textContent : "";
        return `${field.getAttribute("aria-label") ?? ""}${labels}${own}`.trim() === "";
      }).map((field) => field.outerHTML)
  );
}

/** Returns the ids of figures with a drawing and no table of its numbers. */
export function tableless(page: Page): Promise<readonly string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll("figure")]
      .filter((figure) => figure.querySelector("svg") !== null)
      .filter((figure) => figure.querySelector("details table tbody tr") === null)
      .map(({ id }) => id)
  );
}

/** Returns by how many pixels the page is wider than the screen. */
export function overhang(page: Page): Promise<number> {
  return page.evaluate(() => Math.max(0, document.scrollingElement!.scrollWidth - innerWidth));
}

/** Returns what is highlighted, by kind: curves of the shown metric, lines of points, and rows of trials. */
export function lit(page: Page) {
  return page.evaluate(() => {
    const keys = (selector: string) =>
      [...document.querySelectorAll<HTMLElement>(selector)].map(({ dataset }) =>
        dataset.trial ?? dataset.point!
      );
    return {
      curves: keys("#chart_accuracy path[data-trial].lit"),
      points: keys("#chart_parallel path[data-point].lit"),
      rows: keys("#trials_table tr.lit"),
    };
  });
}
