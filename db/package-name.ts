/** One spelling for names that PEP 503 holds equal: lower case, runs of `-`, `_` and `.` are one `-`. */
export function packageName(name: string): string {
  return name.toLowerCase().replace(/[-_.]+/g, '-');
}
