import type { Topic } from './topic.ts';

export const integrations: readonly Topic[] = [
  {
    open: [
      'Has anybody connected {project} with {store} yet? The adapter says beta.',
      'How stable is the {store} adapter by now?',
    ],
    replies: [
      'Works fine for reading from {store}. Writing is a little slow.',
      'Tested against {version}, all good.',
      'Beta means that we would like to hear about it :slightly_smiling_face:',
      'asker: Then I will try it with `{table}` and tell you.',
      'We have {number} tables on it and no complaints.',
    ],
  },
  {
    open: [
      'The {store} adapter drops the last {few} rows when the network hiccups. Known?',
      'Our proxy closes connections to {store} after a minute. How do you keep them open?',
    ],
    replies: [
      'Known, see #{pr}. The retry starts one page too late.',
      '`{setting}` sends a ping. Thirty seconds works for us.',
      'Only with {store}, or with others too?',
      'asker: Only with {store}.',
      'Please try {next} when it is out, the retry is a new one.',
    ],
  },
  {
    open: [
      'Wrote a small plugin that shows freshness of `{table}` in the terminal. Interested?',
      'I have a plugin that posts finished runs of {project} to a channel. Shall I share it?',
    ],
    replies: [
      'Interested!',
      'Could it live in the plugins repository?',
      'asker: Sure, I will open a pull request.',
      'How does it find out about `{table}`?',
      'asker: It asks the {part}, once a minute.',
      'Tried it, and I am keeping it.',
    ],
  },
  {
    open: [
      'Which adapter reads `{table}` fastest for you?',
      'How do you handle deletes in `{table}` when you copy it from {store}?',
    ],
    replies: [
      'Soft deletes only, for now.',
      'We read all of `{table}` once a week and compare.',
      'With {store} it is the difference between minutes and hours.',
      'asker: I was afraid of that. {thanks}',
    ],
  },
  {
    open: [
      'Which events can I subscribe to? I need to know when `{table}` is fresh.',
      'Can the webhook tell me how many rows `{table}` got?',
      'Is there an example for receiving events in {language}?',
    ],
    replies: [
      '```{ "event": "run.finished", "table": "{table}", "rows": 4821 }```',
      'You can filter with `events: [run.finished]`.',
      'Is it signed?',
      'Yes, HMAC in the header. The examples folder has one in {language}.',
      'asker: That is all I need for `{table}`. {thanks}',
    ],
  },
];
