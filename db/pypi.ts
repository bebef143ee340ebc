/** The metrics of packages: what people download, and what mirrors do. */
export const DOWNLOADS = 'pypi.downloads';
export const MIRROR_DOWNLOADS = 'pypi.mirror_downloads';

/** The provider that tells every download: a day it was asked about and had nothing of is zero. */
export const BIGQUERY = 'bigquery';

/** The provider that stands in for it. */
export const PYPISTATS = 'pypistats';

/** Of a split: what the source could not tell the member of. */
export const UNKNOWN = 'unknown';
