/**
 * Keeps one comment with a report on a pull request; a later run edits the comment of the earlier one. Step of action.yml.
 * Reads REPORT (a file), DOCUMENT, PULL_REQUEST and TOKEN beside GitHub's own variables. A token that must not write, as in
 * pull requests from forks, is a warning.
 */
import { readFileSync } from "node:fs";

const { REPORT, DOCUMENT, PULL_REQUEST, TOKEN, GITHUB_API_URL, GITHUB_REPOSITORY } = process.env;

/** GitHub refuses a comment of more than 65,536 characters. */
const maxLength = 65_000;
// `--` would end the HTML comment early.
const marker = `<!-- lockstep diff ${DOCUMENT.replaceAll("-", "‐").replaceAll(/[<>]/g, "")} -->`;
const comments = `/repos/${GITHUB_REPOSITORY}/issues/${PULL_REQUEST}/comments`;

try {
  const body = `${marker}\n${shortened(readFileSync(REPORT, "utf8"))}`;
  const earlier = await findComment();
  if (earlier === undefined) await request("POST", comments, { body });
  else await request("PATCH", `/repos/${GITHUB_REPOSITORY}/issues/comments/${earlier}`, { body });
} catch (error) {
  const message = error instanceof Error ? error.message : String(error);
  console.log(
    `::warning title=Lockstep diff::The comment was not written: ${message.replaceAll(/\s+/g, " ")}`,
  );
}

/** Cut at the end of a line, outside of any `<details>`. */
function shortened(text) {
  if (text.length <= maxLength) return text;
  const lines = text.slice(0, maxLength).split("\n").slice(0, -1);
  const opened = lines.findLastIndex((line) => line.startsWith("<details>"));
  const closed = lines.findLastIndex((line) => line === "</details>");
  const whole = opened > closed ? lines.slice(0, opened) : lines;
  return `${whole.join("\n")}\n\nThe report is longer than a comment may be: the summary of the job has all of it.\n`;
}

/** The id of the comment with the marker, among the first thousand. */
async function findComment() {
  for (let page = 1; page <= 10; page++) {
    const found = await request("GET", `${comments}?per_page=100&page=${page}`);
    const own = found.find(({ body }) => body?.startsWith(marker));
    if (own !== undefined || found.length < 100) return own?.id;
  }
  return undefined;
}

async function request(method, path, content) {
  const response = await fetch(`${GITHUB_API_URL}${path}`, {
    method,
    headers: { accept: "application/vnd.github+json", authorization: `Bearer ${TOKEN}` },
    ...(content === undefined ? {} : { body: JSON.stringify(content) }),
  });
  if (!response.ok) throw new Error(`${method} ${path.split("?")[0]} failed with ${response.status}`);
  return response.json();
}
