import type { Topic } from './topic.ts';

export const development: readonly Topic[] = [
  {
    open: [
      'I would like to rewrite the {part} so that it no longer holds the whole graph in memory. Draft in #{pr}.',
      'Could somebody look at #{pr}? It is small: {part}, mostly tests.',
      'Review wanted :eyes: #{pr} makes the {part} about twice as fast on `{table}`.',
    ],
    replies: [
      'Looking now.',
      'Nice! Two comments, nothing serious.',
      'I like the direction. Could we keep the old flag for one release?',
      'The benchmark is convincing. How does it behave with {store}?',
      'Left a review. The naming of `{setting}` is the only thing I would change.',
      'asker: Addressed, thanks for the quick look.',
      'Approved :white_check_mark:',
      'Can we have a test for the empty graph?',
      'asker: Added. It found a bug, of course.',
      'asker: Merged, thank you!',
    ],
  },
  {
    open: [
      'CI is red on main since last night. Looks like the {store} image changed.',
      'Flaky test of the week: `test_{table}_roundtrip`. It fails one time in {number} for me.',
    ],
    replies: [
      'asker: Pinned the image in #{pr}.',
      'I saw that too. It depends on the order of rows, I think.',
      'Sorting before comparing fixes it here.',
      'Green again :green_heart:',
      'Thanks for chasing it, that one annoyed me for weeks.',
      'Should we run it a hundred times at night to catch the next one?',
    ],
  },
  {
    open: [
      'Question of taste: should `{setting}` accept `2h` or only seconds?',
      'Proposal: drop support for the old catalog format in {version}. Objections?',
      'What do you think about making {store} the default for new projects?',
    ],
    replies: [
      '+1 from me.',
      'People still use it, I would warn for one release first.',
      'Durations as text, please. Nobody reads 86400 as a day.',
      'No objection, as long as the migration is one command.',
      'I would rather keep the core small and do it in a plugin.',
      'asker: Fair point. Let me write that down as a proposal so that it is not lost in chat.',
      'asker: Written up in #{pr}. Comments until {weekday}?',
    ],
  },
  {
    open: [
      'TIL: the {part} opens {store} twice. Once to check whether it can open it :grimacing:',
      'Profiled the {part} today: 60 % of the time goes into parsing dates.',
      'Finally understood why `{table}` gets locked: we never close the cursor in the retry path.',
    ],
    replies: [
      'Oh no. Is there an issue for it?',
      'I remember writing that. Sorry :see_no_evil:',
      'Easy win then!',
      'Would a cache per run be enough?',
      'asker: Patch in #{pr}. Ten lines, eight of them comments.',
      'Love it.',
    ],
  },
];
