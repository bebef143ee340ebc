/** The scopes that manifest.yml asks for; a test holds the two equal. */
export const OPTIONAL_SCOPES = ['groups:history', 'groups:read'] as const;

export const SCOPES = [
  'channels:history',
  'channels:read',
  'chat:write',
  'commands',
  'files:read',
  'files:write',
  'users:read',
] as const;
