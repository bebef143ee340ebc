// Plain JavaScript, so that an old Node says one clear sentence instead of failing on TypeScript.
import { existsSync } from 'node:fs';
import module from 'node:module';

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 22 || (major === 22 && minor < 18)) {
  console.error(
    `Groundswell needs Node.js 22.18 or newer and this is ${process.versions.node}: install a newer one, or run "npm ci" and "npm start", which bring their own.`,
  );
  process.exit(1);
}
// Compiled once, and read back at the next start: a third of the time to connect.
module.enableCompileCache();
if (existsSync('.env')) {
  try {
    process.loadEnvFile('.env');
  } catch (error) {
    console.error(`The settings in .env can't be read: ${error.message}`);
    process.exit(1);
  }
}
await import(process.argv[2] === 'cli' ? './cli.ts' : './main.ts');
