import type Database from 'better-sqlite3';

/**
 * What outside tools may read. Names and columns are a promise (see docs/data-model.md); the
 * tables behind them may change. A view may use those above it.
 */
const views: Readonly<Record<string, string>> = {
  slack_messages: `
    SELECT m.workspace_id, workspace.domain, m.channel_id, channel.name AS channel, m.ts,
      m.day, m.user_id, user.name AS user, m.thread_ts, m.subtype, m.edited_ts,
      m.is_counted, m.text
    FROM message AS m
    JOIN workspace ON workspace.id = m.workspace_id
    JOIN channel ON channel.workspace_id = m.workspace_id AND channel.id = m.channel_id
    LEFT JOIN user ON user.workspace_id = m.workspace_id AND user.id = m.user_id
    WHERE m.is_deleted = 0`,
  slack_daily_summary_by_user: `
    SELECT c.day, workspace.domain, c.user_id, user.name AS user, sum(c.messages) AS messages
    FROM message_count AS c
    JOIN workspace ON workspace.id = c.workspace_id
    JOIN user ON user.workspace_id = c.workspace_id AND user.id = c.user_id
    WHERE user.is_bot = 0
    GROUP BY c.day, c.workspace_id, c.user_id`,
  slack_daily_summary: `
    WITH recorded AS (
      SELECT day, domain, sum(messages) AS messages
      FROM slack_daily_summary_by_user GROUP BY day, domain
    )
    SELECT day, domain, messages FROM recorded
    UNION ALL
    SELECT d.day, subject.key, d.value FROM series_day AS d
    JOIN series ON series.id = d.series_id AND series.metric = 'slack.messages'
      AND series.dimension = ''
    JOIN subject ON subject.id = series.subject_id
    WHERE NOT EXISTS (SELECT 1 FROM recorded
      WHERE recorded.day = d.day AND lower(recorded.domain) = subject.key)`,
  github_stars: `
    SELECT d.day, subject.name AS project, d.value AS stars, d.origin, d.seen_at
    FROM series_day AS d
    JOIN series ON series.id = d.series_id AND series.metric = 'github.stars'
      AND series.dimension = ''
    JOIN subject ON subject.id = series.subject_id`,
  github_daily_summary: `
    SELECT day, project, stars,
      stars - lag(stars) OVER (PARTITION BY project ORDER BY day) AS new_stars,
      CAST(julianday(day) - julianday(lag(day) OVER (PARTITION BY project ORDER BY day))
        AS INTEGER) AS days
    FROM github_stars`,
  dockerhub_pulls: `
    SELECT d.day, subject.name AS image, d.value AS pull_count, d.origin, d.seen_at
    FROM series_day AS d
    JOIN series ON series.id = d.series_id AND series.metric = 'docker.pulls'
      AND series.dimension = ''
    JOIN subject ON subject.id = series.subject_id`,
  dockerhub_daily_summary: `
    SELECT day, image, pull_count AS total_pulls,
      CASE WHEN pull_count >= lag(pull_count) OVER image_days
        THEN pull_count - lag(pull_count) OVER image_days END AS new_pulls,
      CAST(julianday(day) - julianday(lag(day) OVER image_days) AS INTEGER) AS days
    FROM dockerhub_pulls
    WINDOW image_days AS (PARTITION BY image ORDER BY day)`,
  pypi_daily_summary: `
    SELECT d.day, subject.name AS package, d.value AS downloads, d.seen_at, subject.role,
      (SELECT provider FROM provided_day AS p
       WHERE p.subject_id = subject.id AND p.day = d.day) AS provider
    FROM series_day AS d
    JOIN series ON series.id = d.series_id AND series.metric = 'pypi.downloads'
      AND series.dimension = ''
    JOIN subject ON subject.id = series.subject_id`,
  pypi_daily_summary_by: `
    SELECT d.day, subject.name AS package, series.dimension, series.member, d.value AS downloads
    FROM series_day AS d
    JOIN series ON series.id = d.series_id AND series.metric = 'pypi.downloads'
      AND series.dimension <> ''
    JOIN subject ON subject.id = series.subject_id`,
  github_issues: `
    SELECT subject.name AS project, i.number, i.is_pull, i.is_draft, i.title, i.author, i.state,
      i.state_reason, i.comments, i.labels, i.created_at, i.updated_at, i.closed_at, i.merged_at
    FROM github_issue AS i JOIN subject ON subject.id = i.subject_id`,
  github_commits: `
    SELECT subject.name AS project, c.sha, c.author, c.author_name, c.committed_at
    FROM github_commit AS c JOIN subject ON subject.id = c.subject_id`,
  github_releases: `
    SELECT subject.name AS project, r.tag, r.name, r.author, r.is_prerelease, r.published_at,
      (SELECT sum(downloads) FROM github_release_asset AS a
       WHERE a.subject_id = r.subject_id AND a.release_id = r.id) AS downloads
    FROM github_release AS r JOIN subject ON subject.id = r.subject_id`,
  daily_summary: `
    WITH RECURSIVE
      known AS (
        SELECT day FROM series_day UNION SELECT day FROM message_count
      ),
      calendar AS (
        SELECT min(day) AS day, max(day) AS last FROM known
        UNION ALL
        SELECT date(day, '+1 day'), last FROM calendar WHERE day < last
      ),
      held AS (
        SELECT series.metric, d.day AS since, d.value,
          lead(d.day, 1, '9999-12-31') OVER (PARTITION BY d.series_id ORDER BY d.day) AS until
        FROM series_day AS d JOIN series ON series.id = d.series_id
        JOIN subject ON subject.id = series.subject_id AND subject.role = 'own'
        WHERE series.kind = 'total' AND series.dimension = ''
      ),
      totals AS (
        SELECT calendar.day,
          sum(value) FILTER (WHERE metric = 'github.stars') AS stars,
          sum(value) FILTER (WHERE metric = 'docker.pulls') AS pulls
        FROM calendar JOIN held ON held.since <= calendar.day AND calendar.day < held.until
        GROUP BY calendar.day
      ),
      downloads AS (
        SELECT day, sum(downloads) AS downloads FROM pypi_daily_summary
        WHERE role = 'own' GROUP BY day
      ),
      messages AS (SELECT day, sum(messages) AS messages FROM slack_daily_summary GROUP BY day)
    SELECT calendar.day, messages.messages AS slack_messages, totals.stars AS github_stars,
      totals.pulls AS dockerhub_pulls, downloads.downloads AS pypi_downloads
    FROM calendar
    LEFT JOIN totals USING (day)
    LEFT JOIN downloads USING (day)
    LEFT JOIN messages USING (day)
    WHERE calendar.day IS NOT NULL`,
};

/** Creates the views, anew where their definition has changed. */
export function createViews(db: Database.Database): void {
  const current = db
    .prepare("SELECT sql FROM sqlite_schema WHERE type = 'view' AND name = ?")
    .pluck();
  db.transaction(() => {
    for (const [name, select] of Object.entries(views)) {
      const wanted = `CREATE VIEW ${name} AS ${select.trim()}`;
      if (current.get(name) === wanted) continue;
      db.exec(`DROP VIEW IF EXISTS ${name}`);
      db.exec(wanted);
    }
  })();
}
