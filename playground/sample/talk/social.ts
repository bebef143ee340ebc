import type { Topic } from './topic.ts';

export const general: readonly Topic[] = [
  {
    open: [
      'Good morning everyone :sunny:',
      'Good morning from {place}! What are you working on today?',
      'Happy {weekday}, all.',
    ],
    replies: [
      'Morning! Docs day for me.',
      'Good evening from the other side of the planet :wave:',
      'Trying to get `{table}` below ten minutes.',
      'Meetings, and then maybe one more meeting.',
      'Upgrading to {version}. Wish me luck.',
      'Good luck! :four_leaf_clover:',
    ],
  },
  {
    open: [
      'Our team wrote down how we moved from cron to {project}: https://blog.example/from-cron-to-{project}',
      'I am giving a talk about {project} at the {place} data meetup. Any stories I may steal?',
      'We have been running {project} for a year now. {number} pipelines, one person on call. Thank you all!',
    ],
    replies: [
      'This is great, thank you for writing it up.',
      'Love to read this :heart:',
      'Can I link to it from the docs?',
      'asker: Of course!',
      'Take our {number} tables with one owner. It is a good story by now.',
      'Will it be recorded?',
      'I will be there, let’s have a coffee.',
    ],
  },
  {
    open: [
      'Community call on {weekday}, 16:00 UTC. Agenda is open: https://tidewater.example/call',
      'Reminder: the contributors’ hour is on {weekday}. Newcomers are very welcome.',
    ],
    replies: [
      'I will be there.',
      'Could we talk about the {part}?',
      'asker: Added to the agenda.',
      'I can’t make it, will watch the recording.',
      'Can I bring a colleague?',
      'asker: Please do!',
    ],
  },
  {
    open: [
      'Is there a list of who uses {project} in production? Asking for my boss.',
      'Where would a first-time contributor start? I know Python and some SQL.',
    ],
    replies: [
      'There is `ADOPTERS.md`. Please add yourselves!',
      'Issues labelled `good first issue`, and ask here, people are friendly.',
      'The docs always need hands. And nobody knows better than you what is confusing.',
      'I started with a typo two years ago :smile:',
      'asker: Thank you, this is really helpful.',
    ],
  },
];

export const random: readonly Topic[] = [
  {
    open: [
      'The sourdough survived my holiday. I am as surprised as you are :bread:',
      'Saw a seal from the ferry this morning :seal:',
      'My keyboard lost its `e` ky.',
      'Today’s tide table and my pipeline have something in common: both were wrong by an hour.',
    ],
    replies: [
      ':joy:',
      'Pictures or it did not happen.',
      'Living the dream.',
      'This made my day.',
      'I have questions.',
      'Same here, just with cats.',
      'Frame it.',
    ],
  },
  {
    open: [
      'Which book did you enjoy lately?',
      'What do you listen to while debugging?',
      'Coffee or tea? This is important.',
    ],
    replies: [
      'Tea. There is no second place.',
      'Rain sounds, for ten hours.',
      'An old sea novel. Much weather, few people.',
      'Coffee until noon, tea after. I am a simple person.',
      'The same song, again and again, until it works.',
      'A cook book. I read it like a novel.',
      'asker: Noted for the weekend!',
    ],
  },
  {
    open: [
      'It snows in {place} :snowflake:',
      '38 degrees in {place}. The build machine and I need shade.',
      'Anybody in {place} next week?',
    ],
    replies: [
      'Jealous!',
      'Rain here. As always.',
      'I am! Lunch?',
      'Yes please, {weekday} would work.',
      'Stay safe and drink water.',
      'Send some over.',
    ],
  },
];

export const integrations: readonly Topic[] = [
  {
    open: [
      'Has anybody connected {project} with {store} yet? The adapter says beta.',
      'The {store} adapter drops the last {number} rows when the network hiccups. Known?',
      'Wrote a small plugin that shows freshness of `{table}` in the terminal. Interested?',
    ],
    replies: [
      'Yes, works fine for reading. Writing is a little slow.',
      'Known, see #{pr}. The retry starts one page too late.',
      'Interested!',
      'How do you handle deletes?',
      'asker: Soft deletes only, for now.',
      'Could it live in the plugins repository?',
      'asker: Sure, I will open a pull request.',
      'Tested against {version}, all good.',
      'Beta means that we would like to hear about it :slightly_smiling_face:',
    ],
  },
  {
    open: [
      'Does the webhook send one call per run or per step?',
      'Which events can I subscribe to? I need to know when `{table}` is fresh.',
    ],
    replies: [
      'Per run. Steps are in the body.',
      '```{ "event": "run.finished", "table": "{table}", "rows": 4821 }```',
      'You can filter with `events: [run.finished]`.',
      'Is it signed?',
      'Yes, HMAC in the header. There is an example in the docs.',
      'asker: Perfect, thanks.',
    ],
  },
];
