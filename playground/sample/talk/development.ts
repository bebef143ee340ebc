import type { Topic } from './topic.ts';

export const development: readonly Topic[] = [
  {
    open: [
      'Could somebody look at #{pr}? It is small: {chore}.',
      '#{pr} is ready for review: {chore}.',
      'First pull request of mine here, please be gentle: #{pr}, {chore}.',
      '#{pr} ({chore}) has been waiting for a while. Is anything missing?',
    ],
    replies: [
      'Looking at #{pr} now.',
      'Nice! Two comments, nothing serious.',
      'Left a review. A name or two is the only thing I would change.',
      'asker: Addressed, thanks for the quick look.',
      'Can we have a test with an empty `{table}`?',
      'asker: Added. It found a bug, of course.',
      'Please rebase #{pr}, main has moved.',
      'Approved #{pr} :white_check_mark:',
      'asker: Merged #{pr}, thank you!',
    ],
  },
  {
    open: [
      'I would like to rewrite the {part} so that it no longer holds the whole graph in memory. Draft in #{pr}.',
      'Review wanted :eyes: #{pr} makes the {part} about twice as fast on `{table}`.',
    ],
    replies: [
      'I like the direction. Could we keep the old flag until {next}?',
      'The benchmark is convincing. How does it behave with {store}?',
      'asker: About the same on {store}, a little better with many small tables.',
      'Which part of the {part} was the slow one?',
      'asker: Copying rows that nobody reads.',
      'Then let’s have it in {next}.',
    ],
  },
  {
    open: [
      'CI is red on main. Looks like the {store} image changed.',
      'Is it me, or do all builds fail at {store}?',
    ],
    replies: [
      'Not you. A new image of {store} came out.',
      'Pinned the image in #{pr}.',
      'Green again :green_heart:',
      'asker: That was quick, thank you.',
      'Shall we pin them all and update once a month?',
    ],
  },
  {
    open: [
      'Flaky test of the week: `test_{table}_roundtrip`. It fails one time in {few} for me.',
      'Does `test_{table}` pass for you on a Mac? It does not for me.',
    ],
    replies: [
      'I saw that too. It depends on the order of rows, I think.',
      'Sorting `{table}` before comparing fixes it here.',
      'asker: Sorted, and it passed {number} times in a row. #{pr}',
      'Thanks for chasing it, that one annoyed me for weeks.',
      'Should we run all of them a hundred times at night to catch the next one?',
    ],
  },
  {
    open: [
      'The build takes nine minutes, five of them for the {part}. Any ideas?',
      'Half of our CI minutes go into the {part}. Can we do better?',
    ],
    replies: [
      'We could build the {part} only when it changed.',
      'Most of it is installing {store}. A cache would do.',
      'asker: Down to six minutes with #{pr}.',
      'Wonderful, that is a coffee less for everyone.',
    ],
  },
  {
    open: [
      'Question of taste: should `{setting}` accept `2h` or only seconds?',
      'Would you write `{setting}: 15m` or `{setting}: 900`?',
    ],
    replies: [
      'Durations as text, please. Nobody reads 86400 as a day.',
      'Both. Numbers are in a thousand profiles out there.',
      'Text, and an error that names the units.',
      'asker: Text it is, numbers go on working. #{pr}',
    ],
  },
  {
    open: [
      'Proposal: drop support for the old catalog format in {next}. Objections?',
      'Shall we rename `{setting}`? Nobody guesses what it does.',
    ],
    replies: [
      'People still use it, I would warn in {next} first.',
      'No objection, as long as the migration is one command.',
      'Let’s ask in <#C0SAMPLE02> how many use it at all.',
      'asker: Fair point. Written up in #{pr} so that it is not lost in chat. Comments until {soon}?',
    ],
  },
  {
    open: [
      'Do we still need the {part} in the core? It could be a plugin.',
      'I would like to write the new {part} in {language}. Am I mad?',
      'What do you think about making {store} the default for new projects?',
    ],
    replies: [
      'I would rather keep the core small, so yes from me.',
      'I like it, and I would like it more with a benchmark.',
      'Who would look after it in a year?',
      'asker: I would, with some help.',
      'A little mad, but show us a sketch.',
      'asker: Sketch is in #{pr}.',
    ],
  },
  {
    open: [
      'TIL: the {part} opens {store} twice. Once to check whether it can open it :grimacing:',
      'Profiled the {part}: 60 % of the time goes into parsing dates.',
      'Finally understood why `{table}` gets locked: the {part} never closes its cursor when it retries.',
    ],
    replies: [
      'Oh no. Is there an issue for it?',
      'I remember writing that part of the {part}. Sorry :see_no_evil:',
      'Easy win then!',
      'asker: Patch in #{pr}. Ten lines, eight of them comments.',
      'This explains a bug I gave up on last year.',
    ],
  },
  {
    open: [
      'Measured {store} against plain files on `{table}`. Not what I expected.',
      'Ran the benchmark of the {part} on an old laptop. It is not bad at all.',
    ],
    replies: [
      'Can you share the numbers?',
      'asker: {many} rows a second before, three times that after a warm-up.',
      'Which version was that?',
      'asker: Main, a little after {version}.',
      'Could we have it as a page in the docs?',
    ],
  },
];
