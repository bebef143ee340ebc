import type { QualityCheck } from '../../db/quality.ts';
import type { Words } from '../report.ts';
import { allOf, altText, bounded, count, likeThat, listed, plural } from '../words.ts';
import { THRESHOLDS } from './judge.ts';
import {
  allStandings,
  costLines,
  jobLines,
  lackLines,
  loadingLines,
  MOST,
  offLines,
  sourceLines,
  troubleLines,
} from './lines.ts';
import { whose } from './phrases.ts';
import type { Status } from './read.ts';
import { failedFirst } from './rows.ts';
import { recordingLines, recordingState } from './slack.ts';

const TICK = 'What is checked is what is stored: nothing is asked anew for it.';

export function statusWords(status: Status): Words {
  const headline = headlineOf(status);
  if (isEmpty(status)) return { headline, lines: [], notes: [], alt: headline };
  const lines = status.view === 'checks' ? everyCheck(status) : linesOf(status);
  const notes = status.view === 'checks' ? [TICK] : THRESHOLDS;
  return { headline, lines, notes, alt: altText([headline, ...lines]) };
}

/** True when there is nothing that could be fresh or not. */
export function isEmpty(status: Status): boolean {
  const { recording, backlog } = status;
  const isSilent = !recording || (!recording.lastMessageAt && recording.firstDay === null);
  return allStandings(status).length === 0 && isSilent && backlog.waiting === 0;
}

/** The finding: is everything fresh, and if not, what is behind. */
export function headlineOf(status: Status): string {
  if (isEmpty(status)) {
    return 'Nothing is collected yet: begin with /metrics track github:owner/repository, or invite the bot into a channel.';
  }
  return status.view === 'checks' ? checksHeadline(status) : freshness(status);
}

function freshness(status: Status): string {
  const watched = allStandings(status).filter(({ state }) => state !== 'off');
  const behind = watched.filter(({ state }) => state === 'bad' || state === 'late');
  const loading = watched.filter(({ state }) => state === 'loading').length;
  const failed = status.checks.filter(({ ok }) => !ok).length;
  const names = behind.map(whose);
  const isSlackBehind = status.recording && recordingState(status) !== 'good';
  const all = watched.length + (status.recording ? 1 : 0);
  if (isSlackBehind) names.unshift('the recording of Slack');
  const checks =
    failed > 0 ? ` ${plural(failed, 'check')} of the data ${failed === 1 ? 'fails' : 'fail'}.` : '';
  const jobs = jobsPart(status);
  const loads =
    loading > 0
      ? ` ${plural(loading, 'subject is', 'subjects are')} loaded for the first time.`
      : '';
  if (names.length > 0) {
    const are = names.length === 1 ? 'is' : 'are';
    return `${count(names.length)} of ${count(all)} ${are} behind: ${listed(names)}.${loads}${jobs}${checks}`;
  }
  if (all === 0) return `Nothing is polled; what there is was imported.${jobs}${checks}`;
  return `All is fresh.${loads}${jobs}${checks}`;
}

function jobsPart({ failedJobs }: Status): string {
  const [only, ...others] = failedJobs;
  if (!only) return '';
  if (others.length === 0) return ` The job “${only.job}” failed.`;
  return ` ${plural(failedJobs.length, 'job')} failed.`;
}

function linesOf(status: Status): string[] {
  return [
    ...troubleLines(status),
    ...bounded(jobLines(status), MOST, likeThat('failed job')),
    ...bounded(status.checks.filter(({ ok }) => !ok).map(checkLine), MOST, likeThat('check')),
    ...loadingLines(status),
    ...recordingLines(status),
    ...sourceLines(status),
    ...lackLines(status),
    ...offLines(status),
    ...costLines(status),
  ];
}

function checkLine({ title, failures, failed }: QualityCheck): string {
  const [first] = failures;
  const such = first ? `: ${first.subject} ${first.detail}` : '';
  const more = failed > 1 ? `, and ${count(failed - 1)} more` : '';
  return `Does not hold: “${title}”${such}${more}.`;
}

function checksHeadline(status: Status): string {
  const { checks } = status;
  const failed = checks.filter(({ ok }) => !ok);
  const numbers = `the stored numbers${partWords(status)}`;
  if (failed.length === 0) return `All ${count(checks.length)} checks of ${numbers} hold.`;
  return `${count(failed.length)} of ${count(checks.length)} checks of ${numbers} ${failed.length === 1 ? 'does' : 'do'} not hold.`;
}

function partWords({ isPart, recording, sources }: Status): string {
  const titles = [...(recording ? ['Slack'] : []), ...sources.map(({ title }) => title)];
  return isPart ? ` of ${allOf(titles)}` : '';
}

const MOST_FINDINGS = 3;

function everyCheck({ checks }: Status): string[] {
  return failedFirst(checks).flatMap((check) => {
    const { title, ok, failures, failed, notes, noted } = check;
    const rest = failed - Math.min(failures.length, MOST_FINDINGS);
    return [
      `${ok ? 'Holds' : 'Does not hold'}: ${title}.`,
      ...failures.slice(0, MOST_FINDINGS).map(({ subject, detail }) => `• ${subject} ${detail}.`),
      ...(rest > 0 ? [`• And ${count(rest)} more.`] : []),
      ...notes.slice(0, 2).map(({ subject, detail }) => `• For information: ${subject} ${detail}.`),
      ...(noted > 2 ? [`• And ${count(noted - 2)} more for information.`] : []),
    ];
  });
}
