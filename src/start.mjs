// Plain JavaScript, so that an old Node says one clear sentence instead of failing on TypeScript.
import { existsSync } from 'node:fs';

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 22 || (major === 22 && minor < 18)) {
  console.error(
    `Groundswell needs Node.js 22.18 or newer and this is ${process.versions.node}: install a newer one, or run "npm ci" and "npm start", which bring their own.`,
  );
  process.exit(1);
}
if (existsSync('.env')) process.loadEnvFile('.env');
await import(process.argv[2] === 'cli' ? './cli.ts' : './main.ts');
