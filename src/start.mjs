// Plain JavaScript, so that an old Node says one clear sentence instead of failing on TypeScript.
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 22 || (major === 22 && minor < 18)) {
  console.error(
    `Groundswell needs Node.js 22.18 or newer and this is ${process.versions.node}: install a newer one, or run it with "npm start" after "npm ci", which brings its own.`,
  );
  process.exit(1);
}
await import(process.argv[2] === 'cli' ? './cli.ts' : './main.ts');
