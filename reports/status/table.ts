import type { Table } from '../report.ts';
import type { Status } from './read.ts';

/**
 * A row a part of a subject, or (of the checks) a row a finding. `missing_days`, and how many days
 * each provider supplied, are of the last thirty.
 */
export function statusTable(status: Status): Table {
  return status.view === 'checks' ? checksTable(status) : partsTable(status);
}

function partsTable({ sources, provided }: Status): Table {
  return {
    columns: [
      'source',
      'subject',
      'part',
      'state',
      'last_success',
      'last_try',
      'failures',
      'failing_since',
      'error',
      'next_try',
      'note',
      'rows',
      'complete_through',
      'missing_days',
      'providers',
    ],
    rows: sources.flatMap(({ standings }) =>
      standings.flatMap(({ subjectId, source, name, state, parts, rows, through, days }) => {
        const missing = days.filter((mark) => mark === 'missing').length;
        const told = provided.filter((one) => one.subjectId === subjectId);
        const providers = told.map(({ provider, days }) => `${provider} ${days}`).join(', ');
        const reach = [rows, through, missing, providers || null] as const;
        const empty = [null, null, null, null] as const;
        if (parts.length === 0) {
          return [[source, name, '', state, null, null, 0, null, null, null, null, ...reach]];
        }
        return parts.map((part) => [
          source,
          name,
          part.part,
          part.state,
          part.doneAt,
          part.triedAt,
          part.failures,
          part.since ?? null,
          part.error,
          part.retryAt,
          part.note,
          ...(part.part === '' ? reach : empty),
        ]);
      }),
    ),
  };
}

function checksTable({ checks }: Status): Table {
  return {
    columns: ['check', 'ok', 'failures', 'finding', 'subject', 'detail'],
    rows: checks.flatMap(({ name, ok, failed, failures, notes }) => {
      const found = [
        ...failures.map((finding) => ['failure', finding.subject, finding.detail]),
        ...notes.map((finding) => ['note', finding.subject, finding.detail]),
      ];
      const rows = found.length > 0 ? found : [[null, null, null]];
      return rows.map((row) => [name, ok ? 'yes' : 'no', failed, ...row]);
    }),
  };
}
