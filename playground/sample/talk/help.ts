import type { Topic } from './topic.ts';

export const help: readonly Topic[] = [
  {
    open: [
      '{hello}After upgrading to {version} my run on `{table}` {breaks}. {seen}',
      'Upgraded {project} from {older} to {version} and `{table}` {breaks}. {seen}',
      '{hello}Is it normal that `{table}` {breaks} since {version}?',
      'With {project} {version} `{table}` {breaks} on one of our machines and runs fine on all others. {seen}',
    ],
    replies: [
      'We had the same. Setting `{setting}` back to its old default helped.',
      '{asker} could you share the last 20 lines of the log? Without secrets, please :slightly_smiling_face:',
      'That smells like the lock in the {part}. There is a fix in #{pr}.',
      'Does it also happen with `--workers 1`?',
      'asker: Yes, with one worker too.',
      'Confirmed here, on {store}.',
      'How many rows does `{table}` have?',
      'asker: Around {many}, in one partition.',
      'Fixed on main, it will be in {next}.',
      'asker: Changed `{setting}` and it runs again. {thanks}',
    ],
  },
  {
    open: [
      'My nightly load of `{table}` {breaks}, but only when it runs beside another one. {seen}',
      '{hello}Two runs on `{table}` at the same time: one of them {breaks}. {seen}',
    ],
    replies: [
      'Do both write to {store}?',
      'asker: They do. Should they not?',
      'They wait for the same lock. `{setting}` decides for how long.',
      'Give them a group, then they run one after the other.',
      'It finishes for me if I split the load of `{table}` by day.',
      'asker: A group it is. {thanks}',
    ],
  },
  {
    open: [
      '{hello}How do I exclude one column of `{table}` from lineage? https://docs.tidewater.example/lineage only speaks of tables.',
      'Can lineage be switched off for a part of `{table}`? It is huge and nobody looks at it.',
    ],
    replies: [
      '```lineage:\n  exclude:\n    - {table}.*```\nshould do it',
      'You want `exclude` in the project file. The docs are a bit hidden, sorry.',
      'I would set `{setting}` instead, then you keep the top level.',
      'asker: That works for `{table}`. Would you take a docs change for it?',
      'Yes please! Docs live in `docs/lineage.md`.',
      'Thanks {asker} for asking, I needed that as well.',
    ],
  },
  {
    open: [
      'The lineage of `{table}` shows a parent that we removed last year. How do I make it forget?',
      '{hello}`{table}` appears twice in the lineage graph, once with its old name. {seen}',
    ],
    replies: [
      'It is rebuilt at every full run; until then it remembers.',
      '`tide lineage {table} --forget` and it is gone.',
      'Is there still a view on `{table}` somewhere?',
      'asker: There was! An old view in {store}. {thanks}',
    ],
  },
  {
    open: [
      '{hello}What is the recommended size for the {part} with around {number} tables?',
      'We are planning for {number} runs a day. Is {project} on one machine still sensible?',
      'Does anybody run {project} with more than {number} pipelines?',
    ],
    replies: [
      'We run about that on 4 cores and it is bored most of the day.',
      'Memory matters more than cores. 8 GB is comfortable for {number}.',
      'Put {store} on its own disk, the rest is fine.',
      'It depends on how wide the graph is. Ours is deep and narrow, that is the easy case.',
      'Start small and watch `{setting}`; it can be changed while it runs.',
      'There is a sizing table in the docs, from the days of {older}. Still about right.',
      'asker: Good to know. {thanks}',
    ],
  },
  {
    open: [
      '{hello}I get `ConnectionRefused: {store}` from inside the container, but not from my laptop. What am I missing?',
      '{project} in a container can’t reach {store}, from the host it can. {seen}',
    ],
    replies: [
      'Inside the container `localhost` is the container. Try the name of the service.',
      '`tide doctor` tells what it can reach and what not.',
      'Is there a firewall between {project} and {store}?',
      'asker: It was the firewall. It is always the firewall.',
      'Nice. Could you add {store} to the troubleshooting page?',
    ],
  },
  {
    open: [
      'Newbie question: how do I connect {project} to {store}? The quickstart only shows a local file.',
      '{hello}Where does {project} read the password for {store} from?',
    ],
    replies: [
      'There are no newbie questions here :wave: You need `connection.url` in the profile.',
      'Put the password into the environment, the profile can name the variable.',
      '`tide init --profile` asks for all of it and tries it at once.',
      'asker: Solved, I had a typo in the password for {store} :face_palm:',
      'asker: It connects! {thanks}',
    ],
  },
  {
    open: [
      '`permission denied for table {table}`: which rights does {project} need?',
      'Our admins ask for the smallest set of rights for {project} on {store}. What do I tell them?',
    ],
    replies: [
      'Read on the schema and create on the scratch schema is enough.',
      'The docs have a page with the grants for {store}.',
      'And `temp`, if you use the {part}.',
      'asker: They agreed without a meeting. {thanks}',
    ],
  },
  {
    open: [
      'The {part} shows the same day twice for `{table}`. Time zones again?',
      '{hello}My schedule for `{table}` fires an hour early. Is that expected?',
      'Which time zone does `{table}` use when the profile says nothing?',
    ],
    replies: [
      'Schedules are UTC unless you set `timezone:`.',
      'Daylight saving strikes again :clock3:',
      'Could you open an issue with the schedule of `{table}`? That looks like a bug to me.',
      'asker: Opened #{pr}. {thanks}',
      'I can reproduce it. Fix is on the way, should make {next}.',
      'Setting `timezone: UTC` explicitly works around it.',
    ],
  },
  {
    open: [
      'Can a schedule skip public holidays? `{table}` is empty then and everybody gets an alert.',
      'How do you tell the scheduler about holidays? `{table}` has no rows on them.',
    ],
    replies: [
      'There is `skip:` with a list of days. Not pretty, but it works.',
      'We keep a small table of holidays and join it. Happy to share.',
      'I would let it run and mute the alert of `{table}` instead.',
      'asker: The table of holidays sounds good, please share!',
    ],
  },
  {
    open: [
      '{hello}Is there a way to re-run only the failed steps of `{table}`?',
      'Can I backfill `{table}` for one month without touching the rest?',
    ],
    replies: [
      '`tide rerun {table} --failed --from 2025-03-01 --to 2025-03-31`',
      'Careful: what depends on `{table}` is rebuilt too unless you pass `--only`.',
      'asker: I always forget `--only`. {thanks}',
      'We should make that the default, shouldn’t we?',
      'There is a discussion in #{pr}, votes welcome.',
    ],
  },
  {
    open: [
      'How do I find out who changed `{setting}` and when?',
      '`{setting}` is back at its default and nobody did it. Is there a history?',
    ],
    replies: [
      'The {part} keeps one: `tide log --setting {setting}`.',
      'The upgrade to {version} resets it, see the notes.',
      'We keep the whole profile in git for that reason.',
      'asker: It was me, last month. I have no memory of that.',
    ],
  },
];
