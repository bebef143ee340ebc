/** A dimension of a split as people write it; of a sum, `package` or `image`. */
export function dimensionName(dimension: string): string {
  return dimension === 'python' ? 'Python' : dimension;
}
