import type { SampleUser } from '../workspace.ts';

export const GROUNDSWELL = { userId: 'U0SAMPLEGS', botId: 'B0SAMPLEGS', name: 'Groundswell' };
export const PIER_BOT = { userId: 'U0SAMPLEPB', botId: 'B0SAMPLEPB', name: 'Pier Bot' };

/** Backgrounds for white initials: each has a contrast of at least 4.5 to 1 with white. */
const COLORS = [
  '#0b6e99',
  '#9c3d54',
  '#2f6b4f',
  '#7048a8',
  '#a3540a',
  '#1f5fbf',
  '#8a4b2f',
  '#3f6212',
  '#a21c6b',
  '#4a5568',
  '#0f766e',
  '#6b4f9a',
];

/** Name to show, real name, title, time zone; most talkative first. All are made up. */
const PEOPLE: readonly (readonly [string, string, string, string])[] = [
  ['Ingrid Solbakken', 'Ingrid Solbakken', 'Maintainer, Tidewater', 'Europe/Oslo'],
  ['Tomás 🌊', 'Tomás Ferreira-Lopes', 'Maintainer, Driftnet', 'Europe/Lisbon'],
  ['Adaeze', 'Adaeze Nwachukwu', 'Community manager', 'Africa/Lagos'],
  ['*stella*_k', 'Stella Kowalczyk', 'Data engineer', 'Europe/Warsaw'],
  ['Rohan Deshmukh', 'Rohan Deshmukh', 'Maintainer, Shoal', 'Asia/Kolkata'],
  ['Maya Whitehorse', 'Maya Whitehorse', 'Developer advocate', 'America/Denver'],
  ["Niamh O'Dwyer", "Niamh O'Dwyer", 'Platform engineer', 'Europe/Dublin'],
  ['נועה ברק', 'נועה ברק', 'Analytics engineer', 'Asia/Jerusalem'],
  ['Jun-ho Baek', '백준호', 'Data platform lead', 'Asia/Seoul'],
  ['Lucía', 'Lucía Arredondo Paz', 'Documentation', 'America/Mexico_City'],
  ['林晓雯', 'Lin Xiaowen', 'Backend engineer', 'Asia/Shanghai'],
  ['Gabriel Tremblay-Roy', 'Gabriel Tremblay-Roy', 'Release manager', 'America/Toronto'],
  ['سلمى الخطيب', 'Salma Al-Khatib', 'Data scientist', 'Asia/Amman'],
  ['Keoni', 'Keoni Kahananui', 'Site reliability', 'Pacific/Honolulu'],
  ['Anneliese Grünwald', 'Anneliese Grünwald', 'Data engineer', 'Europe/Vienna'],
  ['佐々木 陽菜', 'Sasaki Haruna', 'Software engineer', 'Asia/Tokyo'],
  ['Thabo M.', 'Thabo Mokgosi', 'Analyst', 'Africa/Johannesburg'],
  ['Zeynep', 'Zeynep Altınok', 'Engineering manager', 'Europe/Istanbul'],
  ['Pedro Henrique', 'Pedro Henrique Vasques', 'Data engineer', 'America/Sao_Paulo'],
  ['Freja_L', 'Freja Lindqvist', 'Student', 'Europe/Stockholm'],
  ['Wiremu Parata-Hill', 'Wiremu Parata-Hill', 'Consultant', 'Pacific/Auckland'],
  ['Olena Hrytsenko', 'Олена Гриценко', 'Quality engineer', 'Europe/Kyiv'],
  ['Dang Thi Mai', 'Đặng Thị Mai', 'Backend engineer', 'Asia/Ho_Chi_Minh'],
  ['Jean-Baptiste', 'Jean-Baptiste Koné', 'Data architect', 'Africa/Abidjan'],
  [
    'Marguerite Villanueva y Sotomayor de los Santos-Brandenburg III',
    'Marguerite Villanueva y Sotomayor de los Santos-Brandenburg III',
    'Head of Data Platform, Research Computing and Shared Services',
    'Europe/Madrid',
  ],
  ['Arjun', 'Arjun Balasubramaniam', 'Machine learning engineer', 'America/Los_Angeles'],
  ['Katya', 'Katerina Dimitrova', 'Database administrator', 'Europe/Sofia'],
  ['Sione', 'Sione Taufahema', 'Student', 'Pacific/Tongatapu'],
  ['Elif & Co', 'Elif Karaca', 'Freelancer', 'Europe/Berlin'],
  ['Amina Diallo', 'Aminata Diallo', 'Analytics engineer', 'Africa/Dakar'],
  ['Ravindu', 'Ravindu Jayawardene', 'DevOps', 'Asia/Colombo'],
  ['Hanneke v.d. Berg', 'Hanneke van den Berg', 'Product manager', 'Europe/Amsterdam'],
  ['Mateo', 'Mateo Quispe Huamán', 'Data engineer', 'America/Lima'],
  ['Siobhán', 'Siobhán Ní Fhaoláin', 'Technical writer', 'Europe/Dublin'],
  ['Farrukh', 'Farrukh Yuldashev', 'Backend engineer', 'Asia/Tashkent'],
  ['Béatrice', 'Béatrice Lachapelle', 'Data steward', 'Europe/Paris'],
  ['Nikos P', 'Νίκος Παπανικολής', 'Systems engineer', 'Europe/Athens'],
  ['Abebech', 'Abebech Tesfahun', 'Researcher', 'Africa/Addis_Ababa'],
  ['Cole', 'Cole Hargreave', 'Data engineer', 'America/Chicago'],
  ['Putri', 'Putri Wulandari', 'Analyst', 'Asia/Jakarta'],
];

/** Who looks after the workspace. */
const ADMINS = ['Ingrid Solbakken', 'Adaeze'];

export const people: readonly SampleUser[] = PEOPLE.map(([name, realName, title, tz], index) => ({
  id: `U0SAMPLE${String(index + 1).padStart(2, '0')}`,
  name,
  realName,
  title,
  tz,
  isBot: false,
  isAdmin: ADMINS.includes(name),
  color: COLORS[index % COLORS.length] as string,
}));

export const releaseManager = people.find(
  ({ name }) => name === 'Gabriel Tremblay-Roy',
) as SampleUser;

export const bots: readonly SampleUser[] = [
  { bot: GROUNDSWELL, title: 'Community metrics', color: '#155e75' },
  { bot: PIER_BOT, title: 'Posts releases and merged pull requests', color: '#57534e' },
].map(({ bot, title, color }) => ({
  id: bot.userId,
  name: bot.name,
  realName: bot.name,
  title,
  tz: 'Etc/UTC',
  isBot: true,
  color,
}));

export const pierBot = bots.find(({ id }) => id === PIER_BOT.userId) as SampleUser;
