import type { Topic } from './topic.ts';

export const announcements: readonly Topic[] = [
  {
    open: [
      ':mega: The next meetup takes place in {place}. Talks are wanted, first-time speakers above all.',
      ':mega: The recording of the community call is online: https://tidewater.example/call',
      ':mega: Notes of the workshop in {place} are online, with all the exercises.',
    ],
    replies: ['Looking forward to it.', 'Thank you for organising this!', ':heart:'],
  },
  {
    open: [
      ':mega: The results of the user survey are in: you want better docs for the {part}. We heard you.',
      ':mega: The docs of the {part} are new. Tell us what is still missing.',
      ':mega: {number} pipelines are in the public list of adopters now. Thank you for adding yours!',
      ':mega: Support for {store} leaves beta with {next}.',
    ],
    replies: [':tada:', 'Great work, everyone.', 'The {part} in particular, thank you!'],
  },
  {
    open: [':mega: A warm welcome to our new committer {other}!'],
    replies: ['Congratulations {other}!', 'Welcome :tada:', 'Well deserved.'],
  },
];

/** Said once for each version, on the day it is out. */
export const released: readonly Topic[] = [
  {
    open: [
      ':mega: {version} of Tidewater, Driftnet and Shoal is out. Thank you to everybody who reported, tested and wrote! Notes: https://tidewater.example/releases/{version}',
    ],
    replies: [
      ':tada:',
      'Upgraded to {version} already, smooth.',
      'The new {part} is so much faster.',
      'Thank you {asker} for another calm release.',
      'One small thing about `{setting}`, I opened #{pr}.',
    ],
  },
];

export const releases: readonly Topic[] = [
  {
    open: [
      'Branch for {next} is cut. Only fixes from now on, please.',
      'What is missing for {next}? I count three open issues.',
      'Is #{pr} a blocker for {next}? It only hits {store}.',
    ],
    replies: [
      'I would like to get #{pr} in.',
      'If it is reviewed by {soon}, yes.',
      'Found something small in the {part}, that can wait.',
      'asker: Then we keep the date of {next}.',
      'Ship it :ship:',
    ],
  },
  {
    open: [
      'Release candidate for {next} is on the test index. Please try it with your own pipelines.',
      'Who can try the candidate of {next} on {store}?',
    ],
    replies: [
      'Candidate of {next} works here, {number} runs without a failure.',
      'Runs on {store} too.',
      'Found something small in the {part}, fix in #{pr}.',
      'asker: Merged, a new candidate is on its way.',
    ],
  },
  {
    open: ['Draft of the notes for {next}: the {part} comes first. Anything I forgot?'],
    replies: [
      'Can the notes mention the new default of `{setting}`?',
      'And that {store} is faster.',
      'asker: Both are in.',
      'Reads very well.',
    ],
  },
];

/** What Pier Bot posts; nobody talks back to a robot. */
export const notices: readonly Topic[] = [
  {
    open: [
      'Merged #{pr}: {chore}',
      'Merged #{pr} by {other}: {chore}',
      'Merged #{pr} into {next}: {chore}',
      'Nightly build of {project} finished: 4 images, 3 packages, {number} tests',
    ],
    replies: [],
  },
];

export const maintainers: readonly Topic[] = [
  {
    open: [
      'Vote: shall we invite {other} as a committer for {project}?',
      'Vote: release {next} on {soon}?',
      'Vote: move {project} to its own repository?',
      'Vote: accept the donation of the {place} adapter?',
    ],
    replies: [
      '+1',
      '+1, long overdue.',
      '+1, with thanks.',
      '0, I know too little about it.',
      '+1 (and I can help with the work)',
      'asker: Passed. I will send the mail.',
    ],
  },
  {
    open: [
      'Somebody reported a possible path traversal in the {part}, through the security form. Who can take a look?',
      'A security report about the {part} came in. It looks serious to me.',
    ],
    replies: [
      'I can, later today.',
      'Let’s pair on the {part}. Two people are better than one.',
      'Reproduced with {version}. Fix prepared in the private fork.',
      'Advisory text for {project} is drafted, please read.',
      'asker: Thanks, that helps a lot.',
    ],
  },
  {
    open: [
      'I will be away for ten days next month. Who takes the triage of {project}?',
      'The {part} has one person who understands it, and it is me. I don’t like that.',
    ],
    replies: [
      'I can, if somebody shows me around the {part}.',
      'Let’s pair on {soon}.',
      'We should write it down, at least.',
      'asker: Good, that is a load off my mind.',
    ],
  },
  {
    open: [
      'A company asks whether we would sign their contract for support of {project}. I would say no.',
      'The mail about {store} licences is still unanswered. Who knows a lawyer?',
    ],
    replies: [
      'Let’s ask the foundation first.',
      'We are volunteers, and should say so.',
      'I know somebody in {place} who does that.',
      'asker: I will write a draft for {soon}.',
    ],
  },
  {
    open: [
      'Budget for the meetup in {place} is approved.',
      'The community call had {number} views. Not bad.',
      '{other} had a first pull request merged :seedling:',
      'Triage is done: {few} issues looked at, nine closed.',
      '{other} answered more questions in <#C0SAMPLE02> than all of us together.',
    ],
    replies: [
      'Wonderful.',
      'Let’s say thank you in the call.',
      'That deserves a sticker.',
      ':heart:',
    ],
  },
];

/** How newcomers introduce themselves in #general. */
export const introductions: readonly Topic[] = [
  {
    open: [
      'Hello! New here, I found {project} through a talk and want to try it on `{table}`.',
      'Hi everyone, just joined from {home}. We are looking at {project} for our nightly loads.',
      ':wave: Hello from {home}! Happy to be here, happy to help with docs.',
      'Good {daytime}! {other} told me to come here, so here I am. I write mostly {language}.',
    ],
    replies: [
      'Welcome {asker}! :wave:',
      'Welcome! Ask anything in <#C0SAMPLE02>.',
      'Great to have you here, {asker}.',
      'Welcome aboard :ship:',
      'Greetings to {home}!',
    ],
  },
];
