import { DOWNLOADS } from '../../db/pypi.ts';
import type { Dataset } from './events.ts';
import { columnLineageFacet, type InputField } from './facets.ts';

/** How a column comes into being: a field, or several, behind the way they go into it. */
type Made = readonly (readonly [how: Direct | Indirect, field: string])[];

type Direct = 'IDENTITY' | 'TRANSFORMATION' | 'AGGREGATION';
type Indirect = 'JOIN' | 'FILTER';

/** A daily model: a view of `db/views.ts`. */
export interface Model {
  readonly view: string;
  /** The metrics it is made of. */
  readonly metrics: readonly string[];
  readonly columns: Readonly<Record<string, Made>>;
  /** What decides which rows there are. */
  readonly rows: Made;
}

const SERIES: Made = [
  ['FILTER', 'series.metric'],
  ['FILTER', 'series.dimension'],
  ['JOIN', 'series.id'],
  ['JOIN', 'series_day.series_id'],
];

const SUBJECTS: Made = [
  ['JOIN', 'series.subject_id'],
  ['JOIN', 'subject.id'],
];

const RECORDED: Made = [
  ['FILTER', 'user.is_bot'],
  ['JOIN', 'user.workspace_id'],
  ['JOIN', 'user.id'],
  ['JOIN', 'workspace.id'],
  ['JOIN', 'message_count.workspace_id'],
  ['JOIN', 'message_count.user_id'],
];

const DAY: Made = [['IDENTITY', 'series_day.day']];
const NAME: Made = [['IDENTITY', 'subject.name']];
const VALUE: Made = [['IDENTITY', 'series_day.value']];
const DIFFERENCE: Made = [['TRANSFORMATION', 'series_day.value']];
const SPAN: Made = [['TRANSFORMATION', 'series_day.day']];
const SUM: Made = [['AGGREGATION', 'series_day.value']];
const MESSAGES: Made = [['AGGREGATION', 'message_count.messages'], ...SUM];

const slack: Model = {
  view: 'slack_daily_summary',
  metrics: ['slack.messages'],
  columns: {
    day: [...DAY, ['IDENTITY', 'message_count.day']],
    domain: [
      ['IDENTITY', 'workspace.domain'],
      ['IDENTITY', 'subject.key'],
    ],
    messages: [['AGGREGATION', 'message_count.messages'], ...VALUE],
  },
  rows: [...SERIES, ...SUBJECTS, ...RECORDED],
};

const daily: Model = {
  view: 'daily_summary',
  metrics: ['github.stars', 'docker.pulls', DOWNLOADS, 'slack.messages'],
  columns: {
    day: [...SPAN, ['TRANSFORMATION', 'message_count.day']],
    slack_messages: MESSAGES,
    github_stars: SUM,
    dockerhub_pulls: SUM,
    pypi_downloads: SUM,
  },
  rows: [
    ['FILTER', 'series.kind'],
    ['FILTER', 'subject.role'],
    ...SERIES,
    ...SUBJECTS,
    ...RECORDED,
  ],
};

const own: Readonly<Record<string, Model>> = {
  github: {
    view: 'github_daily_summary',
    metrics: ['github.stars'],
    columns: { day: DAY, project: NAME, stars: VALUE, new_stars: DIFFERENCE, days: SPAN },
    rows: [...SERIES, ...SUBJECTS],
  },
  docker: {
    view: 'dockerhub_daily_summary',
    metrics: ['docker.pulls'],
    columns: { day: DAY, image: NAME, total_pulls: VALUE, new_pulls: DIFFERENCE, days: SPAN },
    rows: [...SERIES, ...SUBJECTS],
  },
  pypi: {
    view: 'pypi_daily_summary',
    metrics: [DOWNLOADS],
    columns: {
      day: DAY,
      package: NAME,
      downloads: VALUE,
      seen_at: [['IDENTITY', 'series_day.seen_at']],
      role: [['IDENTITY', 'subject.role']],
      provider: [['IDENTITY', 'provided_day.provider']],
    },
    rows: [
      ...SERIES,
      ...SUBJECTS,
      ['JOIN', 'provided_day.subject_id'],
      ['JOIN', 'provided_day.day'],
    ],
  },
};

export const models: readonly Model[] = [...Object.values(own), slack, daily];

/** The models that say something new once a source was read; the summary of all is made of them. */
export function modelsAfter(source: string): readonly Model[] {
  const first = own[source];
  return first ? [first, slack, daily] : [slack, daily];
}

/** The tables that a model reads. */
export function tablesOf({ columns, rows }: Model): string[] {
  const fields = [...Object.values(columns).flat(), ...rows];
  return [...new Set(fields.map(([, field]) => field.split('.')[0] ?? ''))].toSorted();
}

/** The view as a dataset, with what its columns are made of. */
export function modelDataset(model: Model, table: (name: string) => Dataset): Dataset {
  const view = table(model.view);
  const inputs = (made: Made): InputField[] =>
    made.map(([subtype, field]) => {
      const [name = '', column = ''] = field.split('.');
      const isIndirect = subtype === 'JOIN' || subtype === 'FILTER';
      const type = isIndirect ? 'INDIRECT' : 'DIRECT';
      const { namespace } = table(name);
      return { namespace, name, field: column, transformations: [{ type, subtype }] };
    });
  const fields = Object.fromEntries(
    Object.entries(model.columns).map(([column, made]) => [column, { inputFields: inputs(made) }]),
  );
  return { ...view, facets: { ...view.facets, ...columnLineageFacet(fields, inputs(model.rows)) } };
}
