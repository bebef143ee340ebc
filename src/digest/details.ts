import type { EditionSection } from '../../commands/digest-desk.ts';
import { periodWord } from '../../reports/summary/calendar.ts';
import { changeSentence } from '../../reports/summary/change-words.ts';
import { measures } from '../../reports/summary/measures.ts';
import { changeText } from '../../reports/summary/row-words.ts';
import { MOST_CHANGES } from '../../reports/summary/sections.ts';
import type { summary } from '../../reports/summary.ts';
import { count, isolated } from '../../reports/words.ts';

type Summary = ReturnType<typeof summary.query>;
type Panel = Summary['panels'][number];

/** At most this many are listed of a measure, the largest first. */
const MOST_SUBJECTS = 15;

/** What is worth a look, but not worth a place in the channel. */
export function detailsOf(data: Summary): EditionSection[] {
  const { changes, calendar, sections } = data;
  const lines = changes.slice(MOST_CHANGES).map((change) => changeSentence(change, calendar));
  const more = { name: 'changes', title: 'What else changed', lines };
  return [...(sections.includes('changes') ? [more] : []), ...data.panels.map(oneByOne)].filter(
    (section) => section.lines.length > 0,
  );
}

/** Each subject of a measure; of a single one, the picture shows all. */
function oneByOne({ measure, histories, verdicts, calendar }: Panel): EditionSection {
  const told = histories
    .flatMap(({ name }, at) => {
      const verdict = verdicts[at];
      return verdict ? [{ name, ...verdict }] : [];
    })
    .toSorted((a, b) => b.value - a.value);
  const lines = told.slice(0, MOST_SUBJECTS).map(({ name, ...verdict }) => {
    const { value, before } = verdict;
    const change = [
      before === null ? '' : `${count(before)} before`,
      changeText(verdict, calendar),
    ];
    const rival = change.filter(Boolean).join(', ');
    return `${isolated(name)}: ${count(value)}${rival && ` (${rival})`}`;
  });
  const rest = told.length - lines.length;
  return {
    name: measure,
    title: `${measures[measure].title}, one by one, and the ${periodWord(calendar)} before`,
    lines: told.length < 2 ? [] : [...lines, ...(rest > 0 ? [`and ${count(rest)} more`] : [])],
  };
}
