import type { Topic } from './topic.ts';

export const general: readonly Topic[] = [
  {
    open: [
      'Good {daytime} everyone :sunny:',
      'Good {daytime} from {home}! What are you working on?',
      'Good {daytime}! Anybody else fighting with {store}?',
      'Hello from {home}, where the {part} finally works.',
      'Good {daytime}. I am learning {language}, one error message at a time.',
    ],
    replies: [
      'Hello {home}! Docs for me.',
      'Greetings from the other side of the planet :wave:',
      'Trying to get `{table}` below ten minutes.',
      'Reading the code of the {part}, with coffee.',
      'Upgrading to {version}. Wish me luck.',
      'Good luck! :four_leaf_clover:',
      'Writing a test for {store} that I should have written a year ago.',
      'Chasing a bug in `{table}`. It is winning.',
      'asker: Enjoy!',
    ],
  },
  {
    open: [
      'Our team wrote down how we moved from cron to {project}: https://blog.example/from-cron-to-{project}',
      'We turned off the old loader of `{table}`. {project} does all of it now.',
      'We have been running {project} for a year now. {number} pipelines, one person on call. Thank you all!',
    ],
    replies: [
      'Love to read this :heart:',
      'Can I link to you from the docs of {project}?',
      'asker: Of course!',
      'How long did `{table}` take you?',
      'asker: Longer than planned, shorter than feared.',
      'Which {part} do you use, the old or the new one?',
    ],
  },
  {
    open: [
      'I am giving a talk about {project} at the {place} data meetup. Any stories I may steal?',
      'A podcast asked me about the {part} of {project}. What should I not forget?',
    ],
    replies: [
      'Take our {number} tables with one owner. It is a good story by now.',
      'Will it be recorded?',
      'Tell them about the {part}. Nobody ever does.',
      'Tell them how small it started.',
      'asker: Noted, thank you!',
    ],
  },
  {
    open: [
      'Community call on {soon}, 16:00 UTC. Agenda is open: https://tidewater.example/call',
      'Reminder: the contributors’ hour is on {soon}. Newcomers are very welcome.',
      'Who would like to show something in the call on {soon}? Five minutes are enough.',
    ],
    replies: [
      'I will be there on {soon}.',
      'Could we talk about the {part}?',
      'asker: Added to the agenda.',
      'I can’t make it on {soon}, will watch the recording.',
      'Can I bring a colleague?',
      'asker: Please do!',
      'I could show how we load `{table}`.',
    ],
  },
  {
    open: [
      'Where would a first-time contributor start? I know {language} and some SQL.',
      'I have a free week and would like to help with {project}. What is needed most?',
    ],
    replies: [
      'Issues labelled `good first issue`, and ask here, people are friendly.',
      'The docs of the {part} need hands. And nobody knows better than you what is confusing.',
      'I started with a typo two years ago :smile:',
      'asker: Thank you, this is really helpful.',
    ],
  },
  {
    open: [
      'Is there a list of who uses {project} in production? Asking for my boss.',
      'Is there a logo of {project} in good resolution, and may we show it?',
      'Who could tell our team in {home} about the {part} for half an hour?',
    ],
    replies: [
      'Yes! Write to {other}, who does that for us.',
      'It is all on https://tidewater.example/about',
      'With pleasure, and please add yourselves to `ADOPTERS.md`.',
      'asker: Great, thank you!',
    ],
  },
];

export const random: readonly Topic[] = [
  {
    open: [
      'The sourdough survived my holiday. I am as surprised as you are :bread:',
      'Saw a seal from the ferry :seal:',
      'My keyboard lost its `e` ky.',
      'The tide table and my pipeline have something in common: both were wrong by an hour.',
      'My neighbour’s parrot now says “merge conflict”.',
      'I labelled all the cables under my desk. There are {few} of them.',
      'Someone in {place} named a boat after a database. I have no further questions.',
      'My daughter drew the {part}. It is better than our diagram.',
      'The cat has found the reset button.',
    ],
    replies: [
      ':joy:',
      'Pictures or it did not happen.',
      'Living the dream.',
      'This made my day.',
      'I have questions.',
      'asker: So had I.',
      'Greetings to {home} :wave:',
      'I am telling my family about this.',
    ],
  },
  {
    open: ['Which book did you enjoy lately?', 'I need something to read on a long train ride.'],
    replies: [
      'An old sea novel. Much weather, few people.',
      'A cook book. I read it like a novel.',
      'The one with the lighthouse. No spoilers.',
      'asker: Noted!',
    ],
  },
  {
    open: ['What do you listen to while debugging?', 'Headphones on or off while you write code?'],
    replies: [
      'Rain sounds, for ten hours.',
      'The same song, again and again, until it works.',
      'Silence. And the fan of the build machine.',
      'Whatever my neighbour practises on the trombone.',
    ],
  },
  {
    open: ['Coffee or tea? This is important.', 'What is in your cup?'],
    replies: [
      'Tea. There is no second place.',
      'Coffee until noon, tea after. I am a simple person.',
      'Water. I know, I know.',
      'Mate, as every day.',
    ],
  },
  {
    open: [
      'Best board game for four people who are too tired to read rules?',
      'What do you do when you are not in front of a screen?',
    ],
    replies: [
      'Anything with dice.',
      'Cards. They work everywhere, even on a ferry.',
      'We build a boat. It has been nearly finished for {few} years.',
      'asker: I like that.',
    ],
  },
  {
    open: [
      'A heron landed on our office roof in {home}.',
      'The ferry in {home} is late again. I blame the scheduler.',
      'Power cut in {home}. The build machine and I enjoy the silence.',
      'Rain in {home}. The laundry disagrees with my plans.',
    ],
    replies: [
      'Greetings to the heron, the ferry, and all of {home}.',
      'Jealous!',
      'Same here, only with more wind.',
      'asker: It is quite nice, actually.',
    ],
  },
  {
    open: [
      'Anybody in {place} next week?',
      'What should one eat in {place}? I am there on {soon}.',
    ],
    replies: [
      'I am! Lunch on {soon}?',
      'asker: Yes please!',
      'Wherever the queue is longest.',
      'I have been to {place} once and still dream of the soup.',
      'asker: Will report.',
    ],
  },
];
