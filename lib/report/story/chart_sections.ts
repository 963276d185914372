/** A group of charts that is a section of a report. */
export interface ChartSection {
  /** Names the section on the page. */
  readonly id: string;
  readonly title: string;
}

/** The sections of charts about the grid, in the order of the report. */
const CHART_SECTIONS = {
  curves: { id: "curves", title: "How training went" },
  effects: { id: "effects", title: "What each parameter does" },
  heatMaps: { id: "heat_maps", title: "Parameters in pairs" },
  parallel: { id: "parallel", title: "All parameters at once" },
} as const satisfies Readonly<Record<string, ChartSection>>;

/** Returns each section with what there is of it, in the order of the report. */
export function bySection<T>(
  groups: { readonly [K in keyof typeof CHART_SECTIONS]: T },
): readonly (ChartSection & { readonly charts: T })[] {
  const names = Object.keys(CHART_SECTIONS) as readonly (keyof typeof CHART_SECTIONS)[];
  return names.map((name) => ({ ...CHART_SECTIONS[name], charts: groups[name] }));
}
