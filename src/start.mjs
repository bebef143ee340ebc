// Plain JavaScript, so that an old Node says one clear sentence instead of failing on TypeScript.
import { existsSync, readFileSync } from 'node:fs';
import module from 'node:module';
import { parseEnv } from 'node:util';

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
    // Not loadEnvFile: that calls a file absent which it may not read, and stumbles over a byte order mark.
    const settings = parseEnv(readFileSync('.env', 'utf8').replace(/^\uFEFF/, ''));
    for (const [name, value] of Object.entries(settings)) process.env[name] ??= value;
  } catch (error) {
    console.error(`The settings in .env can't be read: ${error.message}`);
    process.exit(1);
  }
}
await import(process.argv[2] === 'cli' ? './cli.ts' : './main.ts');
