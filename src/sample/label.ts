import type { TopLevelSpec } from 'vega-lite';

/** What stands under every answer that is made of sample data. */
export const SAMPLE_NOTE = 'Sample data: the people and numbers are made up.';

/** The chart with its title saying that it shows sample data, wherever the picture may end up. */
export function labelAsSample(spec: TopLevelSpec): TopLevelSpec {
  const { title } = spec;
  if (typeof title !== 'object' || !('text' in title)) return { ...spec, title: 'Sample data' };
  return { ...spec, title: { ...title, text: `${title.text} (sample data)` } };
}
