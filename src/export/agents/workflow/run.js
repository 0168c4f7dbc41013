const given = (typeof args === 'string' ? JSON.parse(args) : args) ?? {};
/** The ids of what is done: before this run, and in it. */
const done = new Set([...DONE, ...(given.done ?? [])]);
/** What each agent reported, by id. */
const reports = Object.assign(Object.create(null), given.reports);
/** Why each task that failed did. */
const failed = new Map();
/** Tasks that others were at work on when this was written, unless they are done by now. */
const elsewhere = ELSEWHERE.filter(task => !done.has(task.id));
/** Why the run ended early, if it did. */
let stopped = null;
/** Phases after which nothing was compared or committed. */
const unchecked = [];

/** Whether everything that a task waits for is done. */
function is_ready(task) {
  return !done.has(task.id) && !failed.has(task.id) && task.after.every(id => done.has(id));
}

/** Whether a task may be at work beside others: no conflict, a free place, and enough of what all share. */
function fits(task, others) {
  if (others.length >= AT_MOST) return false;
  if (others.some(other => task.alone || other.alone || task.apart.includes(other.id) || other.apart.includes(task.id))) return false;
  const used = (other, name) => other.uses.find(([known]) => known === name)?.[1] ?? 0;
  return task.uses.every(([name, amount, capacity]) =>
    others.reduce((sum, other) => sum + used(other, name), amount) <= capacity);
}

/** Lines by somebody else, none of which can be taken for a line of the prompt. */
function quoted(value) {
  const text = (typeof value === 'string' ? value : JSON.stringify(value, null, 1)).slice(0, MOST_OF_A_REPORT);
  return text.split(/\r\n|[\n\r\v\f\u0085\u2028\u2029]/).map(line => '> ' + line).join('\n');
}

/** What an agent is told: its prompt with the reports in their places. */
function told(task, is_second) {
  const report = (prompt, [id, line]) => prompt.replace(`\n${line}\n`, () =>
    `\nReport of ${id}, behind \`> \`:\n${id in reports ? quoted(reports[id]) : '> (not known here)'}\n\n`);
  const again = is_second ? 'Another agent began this and broke off. Look at what is there first.\n\n' : '';
  return again + task.reports.reduce(report, task.prompt);
}

/** Has an agent do a task, and once more if it ends without a report. Never throws. */
async function work(task) {
  let why = '';
  for (const is_second of [false, true]) {
    try {
      const report = await agent(told(task, is_second), task.options);
      if (report !== null && report !== undefined) {
        reports[task.id] = report;
        done.add(task.id);
        return;
      }
      why = 'Its agent ended without a report: it was skipped, or broke off.';
    } catch (error) {
      why = `Its agent broke off: ${error?.message ?? error}`;
    }
  }
  failed.set(task.id, why);
  log(`${task.id} failed. ${why}`);
}

/** The tasks of a phase, all at once; in several turns if something is in the way. What is not ready is left. */
async function run_phase(tasks) {
  let open = tasks;
  for (;;) {
    const group = [];
    for (const task of open) if (is_ready(task) && fits(task, [...elsewhere, ...group])) group.push(task);
    if (!group.length) return;
    open = open.filter(task => !group.includes(task));
    await parallel(group.map(task => () => work(task)));
  }
}

/** All tasks, each as soon as nothing is in its way. */
async function run_when_free(tasks) {
  const open = new Set(tasks);
  const at_work = new Map();
  for (;;) {
    for (const task of open) {
      if (!is_ready(task) || !fits(task, [...elsewhere, ...at_work.keys()])) continue;
      open.delete(task);
      at_work.set(task, work(task).then(() => at_work.delete(task)));
    }
    if (!at_work.size) return;
    await Promise.race(at_work.values());
  }
}

/** What differs from the last commit, as git tells an agent: its paths, and the commit. `null` if it can't be told. */
async function look(title, when) {
  const lines = lines_of(await agent(LOOK, { label: `· look ${when}`, phase: title, model: 'haiku' }).catch(() => null));
  const head = head_in(lines);
  const paths = lines.map(line => /^CHANGED +[MTADRCU?!]{1,2} +(.+)$/.exec(line)?.[1]).filter(Boolean);
  return head && { head, paths: paths.map(unquoted) };
}

function lines_of(answer) {
  return String(answer ?? '').split(/\r?\n/);
}

/** The commit that an agent names in a line of its answer. */
function head_in(lines) {
  return lines.map(line => /^HEAD ([0-9a-f]{40,64})$/.exec(line)?.[1]).find(Boolean) ?? null;
}

/** A path as git prints it: in quotes if it has odd characters. */
function unquoted(path) {
  if (!path.startsWith('"')) return path;
  const signs = { n: '\n', t: '\t', r: '\r', a: '\x07', b: '\b', f: '\f', v: '\v' };
  return path.slice(1, -1).replace(/\\([0-7]{3}|.)/g, (_, sign) =>
    sign.length === 3 ? String.fromCharCode(parseInt(sign, 8)) : signs[sign] ?? sign);
}

/** Whose a changed path is: of a task that is done, of one that failed or that others are at work on, or of none of them. */
function whose(path, ran) {
  const is_owned = tasks => tasks.some(task => task.files !== null && holds(task.files, path));
  if (is_owned(ran)) return 'done';
  if (is_owned(elsewhere) || is_owned(TASKS.filter(task => failed.has(task.id)))) return 'aside';
  if (is_owned(TASKS) || !ran.some(task => task.changes && task.files === null)) return 'foreign';
  return 'done';
}

/** Compares what was changed with what the tasks own, and has it committed. Ends the run if something is not as planned. */
async function close(title, ran, base) {
  const now = await look(title, `after ${title}`);
  if (!now) {
    unchecked.push(title);
    log(`${title}: nobody could tell what was changed, so nothing was compared or committed.`);
    return;
  }
  if (base.head && now.head !== base.head) {
    stop(`An agent committed in ${title}: HEAD was ${base.head} and is ${now.head}.`);
    return;
  }
  const changed = now.paths.filter(path => !base.paths.includes(path));
  const foreign = changed.filter(path => whose(path, ran) === 'foreign');
  if (foreign.length) {
    stop(`${title}: no task that ran owns ${foreign.map(path => JSON.stringify(path)).join(', ')}. Look at them; then run `
      + 'again with what is done in `done`, and the paths that may stay as they are in `allow`.');
    return;
  }
  const paths = changed.filter(path => whose(path, ran) === 'done');
  if (!paths.length) return;
  const options = { label: `· commit ${title}`, phase: title, model: 'haiku' };
  const lines = lines_of(await agent(commit_prompt(title, ran, paths), options).catch(() => null));
  const red = lines.filter(line => line.startsWith('FAILED '));
  if (red.length) stop(`${title} is not committed: ${red.join('; ')}`);
  else base.head = head_in(lines) ?? now.head;
}

function stop(why) {
  stopped = why;
  log(why);
}

function commit_prompt(title, ran, paths) {
  const checks = [...new Set(ran.flatMap(task => task.checks))];
  const list = lines => lines.map(line => '> ' + line).join('\n');
  const run = checks.length ? [`Run each of these from the root of the repository:\n${list(checks)}\nIf one fails, commit nothing and `
    + 'answer with a line `FAILED ` and the command for each that failed.'] : [];
  const steps = [...run,
    `Run \`git add\` with exactly these paths, which are JSON strings, never \`-A\`:\n${list(paths.map(path => JSON.stringify(path)))}`,
    `Commit with the message ${JSON.stringify(`${title}: ${ran.map(task => task.id).join(' ')}`)}.`,
    'End with a line `HEAD ` and what `git rev-parse HEAD` prints.'];
  return [COMMIT, ...steps.map((step, at) => `${at + 1}. ${step}`)].join('\n\n');
}

const by_id = new Map(TASKS.map(task => [task.id, task]));
/** Where the run began, as far as whoever started it said so. */
const base = { head: given.base ?? null, paths: given.allow ?? [] };
for (const { title, ids } of PHASES) {
  if (stopped) break;
  const tasks = ids.map(id => by_id.get(id)).filter(task => !done.has(task.id));
  if (!tasks.length) continue;
  phase(title);
  await (WHEN_FREE ? run_when_free(tasks) : run_phase(tasks));
  const ran = tasks.filter(task => done.has(task.id));
  if (CLOSES && ran.some(task => task.changes)) await close(title, ran, base);
}
return {
  done: [...done],
  failed: [...failed].map(([id, why]) => ({ id, why })),
  left: [...TASKS.map(task => task.id), ...LATER].filter(id => !done.has(id) && !failed.has(id)),
  reports,
  ...(stopped ? { stopped } : {}),
  ...(unchecked.length ? { unchecked } : {}),
};
