import type { Topic } from './topic.ts';

export const announcements: readonly Topic[] = [
  {
    open: [
      ':mega: {project} {version} is out. Thank you to everybody who reported, tested and wrote! Notes: https://tidewater.example/releases/{version}',
      ':mega: The next meetup takes place in {place}. Talks are wanted, first-time speakers above all.',
      ':mega: The results of the user survey are in: you want better docs for the {part}. We heard you.',
    ],
    replies: [':tada:', 'Congratulations!', 'Great work, everyone.', 'Upgraded already, smooth.'],
  },
];

export const releases: readonly Topic[] = [
  {
    open: [
      'Branch for {version} is cut. Only fixes from now on, please.',
      'Release candidate for {version} is on the test index. Please try it with your own pipelines.',
      'What is missing for {version}? I count three open issues.',
    ],
    replies: [
      'I would like to get #{pr} in.',
      'If it is reviewed by {weekday}, yes.',
      'Candidate works here, {number} runs without a failure.',
      'Found something small in the {part}, fix in #{pr}.',
      'Can the notes mention the new default of `{setting}`?',
      'asker: Done.',
      'Ship it :ship:',
    ],
  },
];

/** What Pier Bot posts; nobody talks back to a robot. */
export const notices: readonly Topic[] = [
  {
    open: [
      'Merged #{pr}: make the {part} wait for {store}',
      'Merged #{pr}: document `{setting}`',
      'Merged #{pr}: stop reading `{table}` twice',
      'Build of {project} {version} finished: 4 images, 3 packages',
    ],
    replies: [],
  },
];

export const maintainers: readonly Topic[] = [
  {
    open: [
      'Vote: shall we invite <@U0SAMPLE04> as a committer for {project}?',
      'Vote: release {version} on {weekday}?',
    ],
    replies: [
      '+1',
      '+1, long overdue.',
      '+1, with thanks.',
      'asker: Passed. I will send the mail.',
      '+1 (and I can help with onboarding)',
    ],
  },
  {
    open: [
      'Somebody reported a possible path traversal in the importer, through the security form. Who can take a look?',
      'I will be away for ten days next month. Who takes the triage?',
      'The {part} has one person who understands it, and it is me. I don’t like that.',
    ],
    replies: [
      'I can, this afternoon.',
      'Let’s pair on it. Two people are better than one.',
      'Reproduced. Fix prepared in the private fork.',
      'We should write it down, at least.',
      'I take {weekday} and Friday.',
      'asker: Thanks, that helps a lot.',
      'Advisory text is drafted, please read.',
    ],
  },
  {
    open: [
      'Budget for the meetup in {place} is approved.',
      'The community call had {number} views. Not bad.',
      'Two newcomers had their first pull requests merged this week :seedling:',
    ],
    replies: [
      'Wonderful.',
      'Let’s thank them in the call.',
      'I will write the post.',
      'Good week.',
    ],
  },
];

/** How newcomers introduce themselves in #general. */
export const introductions: readonly Topic[] = [
  {
    open: [
      'Hello! New here, I found {project} through a talk and want to try it on `{table}`.',
      'Hi everyone, just joined. We are looking at {project} for our nightly loads.',
      ':wave: Hello from {place}! Happy to be here, happy to help with docs.',
    ],
    replies: [
      'Welcome {asker}! :wave:',
      'Welcome! Ask anything in <#C0SAMPLE02>.',
      'Great to have you here.',
      'Welcome aboard :ship:',
    ],
  },
];
