import type { Topic } from './topic.ts';

export const help: readonly Topic[] = [
  {
    open: [
      'Hi all! After upgrading to {version} my run on `{table}` hangs at 99 %. Anyone seen this?',
      'Upgraded {project} to {version} this morning and `{table}` never finishes. The log just stops :thinking_face:',
      'Is it normal that `{table}` takes three times as long since {version}?',
    ],
    replies: [
      'Which version did you come from?',
      'We had the same. Setting `{setting}` back to its old default helped.',
      '{asker} could you share the last 20 lines of the log? Without secrets, please :slightly_smiling_face:',
      'That smells like the lock in the {part}. There is a fix in #{pr}.',
      'Does it also happen with `--workers 1`?',
      'asker: From 0.18.2. And yes, with one worker too.',
      'It finishes for me if I split the load by day.',
      'Confirmed here, on {store}.',
      'asker: Thank you, that was it! :tada:',
      'asker: Updated and it runs again. Thanks a lot :pray:',
    ],
  },
  {
    open: [
      'How do I exclude one column of `{table}` from lineage? I looked at https://docs.tidewater.example/lineage but found only tables.',
      'Can lineage be switched off for a single table? `{table}` is huge and nobody looks at it.',
    ],
    replies: [
      '```lineage:\n  exclude:\n    - {table}.*```\nshould do it',
      'You want `exclude` in the project file. The docs are a bit hidden, sorry.',
      'I would set `{setting}` instead, then you keep the top level.',
      'asker: That works. Would you take a docs change for it? I can write it up.',
      'Yes please! Docs live in `docs/lineage.md`.',
      'Thanks {asker} for asking, I needed that as well.',
    ],
  },
  {
    open: [
      'What is the recommended size for the {part} with around {number} tables?',
      'We are planning for {number} runs a day. Is {project} on one machine still sensible?',
      'Does anybody run {project} with more than {number} pipelines?',
    ],
    replies: [
      'We run about that on 4 cores and it is bored most of the day.',
      'Memory matters more than cores. 8 GB is comfortable.',
      'Put {store} on its own disk, the rest is fine.',
      'We measured it: nearly flat up to {number}, then the {part} becomes the bottleneck.',
      'It depends on how wide the graph is. Ours is deep and narrow, that is the easy case.',
      'asker: Good to know, thank you all!',
    ],
  },
  {
    open: [
      'I get `ConnectionRefused: {store}` from inside the container, but not from my laptop. What am I missing?',
      'Newbie question: how do I connect {project} to {store}? The quickstart only shows SQLite.',
      '`permission denied for table {table}`: which rights does {project} need?',
    ],
    replies: [
      'Inside the container `localhost` is the container. Try the name of the service.',
      'There are no newbie questions here :wave: You need `connection.url` in the profile.',
      'Read on the schema and create on the scratch schema is enough.',
      'Is there a firewall between the two?',
      'asker: It was the firewall. It is always the firewall.',
      'asker: Solved! I had a typo in the password :face_palm:',
      'Nice. Could you add it to the troubleshooting page?',
    ],
  },
  {
    open: [
      'The {part} shows yesterday twice for `{table}`. Time zones again?',
      'My schedule fires an hour early since the clocks changed. Is that expected?',
    ],
    replies: [
      'Schedules are UTC unless you set `timezone:`.',
      'Daylight saving strikes again :clock3:',
      'Could you open an issue with the schedule? That looks like a bug to me.',
      'asker: Opened #{pr}, thanks.',
      'I can reproduce it. Fix is on the way, should make {version}.',
      'Setting `timezone: UTC` explicitly works around it.',
    ],
  },
  {
    open: [
      'Is there a way to re-run only the failed steps of a pipeline?',
      'Can I backfill `{table}` for March without touching the rest?',
    ],
    replies: [
      '`tide rerun --failed` does exactly that.',
      '`tide backfill {table} --from 2024-03-01 --to 2024-03-31`',
      'Careful: downstream tables are rebuilt too unless you pass `--only`.',
      'asker: I always forget `--only`. Thanks!',
      'We should make that the default, shouldn’t we?',
      'There is a discussion in #{pr}, votes welcome.',
    ],
  },
];
