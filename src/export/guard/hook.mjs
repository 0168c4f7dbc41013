// Decides whether an agent of the plan may write a file: only if the file is on the list of its task. Written by phaseplan.
//
//   node hook.mjs [claude|copilot]   the JSON of a PreToolUse hook on standard input; the answer on standard output
//   node hook.mjs staged [TASK]      paths, each followed by NUL; exit status 1 if one belongs to no task (or not to TASK)
//
// Other agents, and the main conversation, may write anything. What a shell command writes is not seen here.
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const HERE = path.dirname(fs.realpathSync(fileURLToPath(import.meta.url)));

function main([mode = 'claude', task]) {
  const input = fs.readFileSync(0, 'utf8');
  if (mode === 'staged') return staged(input, task);
  const reason = why_denied(input);
  if (reason === null) return 0;
  const decision = { permissionDecision: 'deny', permissionDecisionReason: reason };
  const answer = mode === 'copilot' ? decision : { hookSpecificOutput: { hookEventName: 'PreToolUse', ...decision } };
  process.stdout.write(JSON.stringify(answer) + '\n');
  return 0;
}

/** Why a call is denied, or null if it is not. */
function why_denied(input) {
  let call, given;
  try {
    call = JSON.parse(input);
    given = call.tool_input ?? call.toolArgs;
    if (typeof given === 'string') given = JSON.parse(given);
  } catch {
    return 'The guard of the plan could not read what this tool is about to do.';
  }
  const name = call.agent_type ?? call.agentType ?? call.agentName;
  const agent = AGENTS.find(agent => agent.name === name);
  if (!agent) return null;
  const written = given?.file_path ?? given?.notebook_path ?? given?.filePath ?? given?.path;
  if (typeof written !== 'string' || written === '') return 'The guard of the plan found no path in this call.';
  const inside = inside_repository(path.resolve(call.cwd ?? process.cwd(), written));
  if (inside !== null && holds(agent.files, inside)) return null;
  const shown = inside ?? written;
  note({ agent: name, task: agent.id, path: shown, tool: call.tool_name ?? call.toolName ?? '' });
  if (inside === null) return `\`${shown}\` is outside the repository. Agents of the plan write nothing there.`;
  const owners = AGENTS.filter(other => other !== agent && holds(other.files, inside)).map(other => other.id);
  const whose = owners.length ? `It belongs to ${owners.join(', ')}.` : 'No task of the plan owns it.';
  return `\`${shown}\` is not on the list of ${agent.id}. ${whose} Don't write it another way: stop, and name the path in your report.`;
}

/** The path from the root of the working tree that a file is in, or null if that is none of this repository. */
function inside_repository(file) {
  const real = real_path(file);
  const home = root_of(HERE);
  const root = root_of(path.dirname(real)) ?? home;
  if (common_folder(root) !== common_folder(home)) return null;
  const inside = path.relative(root, real).split(path.sep).join('/');
  return inside === '' || inside === '..' || inside.startsWith('../') || path.isAbsolute(inside) ? null : inside;
}

/** The file with links followed as far as it exists. */
function real_path(file) {
  try {
    return fs.realpathSync(file);
  } catch {
    const folder = path.dirname(file);
    return folder === file ? file : path.join(real_path(folder), path.basename(file));
  }
}

/** The nearest folder around this one with a `.git`; the folder that the guard was written to if there is none. */
function root_of(folder) {
  for (let at = folder; ; at = path.dirname(at)) {
    if (fs.existsSync(path.join(at, '.git'))) return at;
    if (at === path.dirname(at)) return folder.startsWith(HERE_ROOT) ? HERE_ROOT : null;
  }
}

/** The repository that a working tree belongs to. */
function common_folder(root) {
  if (root === null) return null;
  const git = path.join(root, '.git');
  if (!fs.existsSync(git) || fs.statSync(git).isDirectory()) return root;
  const folder = path.resolve(root, fs.readFileSync(git, 'utf8').replace(/^gitdir:\s*/, '').trim());
  const common = path.join(folder, 'commondir');
  return path.dirname(real_path(fs.existsSync(common) ? path.resolve(folder, fs.readFileSync(common, 'utf8').trim()) : folder));
}

/** Keeps a denial for whoever looks at the run. A log that can't be written changes no decision. */
function note(denial) {
  try {
    fs.appendFileSync(path.join(HERE, 'denied.jsonl'), JSON.stringify({ time: new Date().toISOString(), ...denial }) + '\n');
  } catch {}
}

/** Paths that are about to be committed. */
function staged(input, task) {
  const agents = task === undefined ? AGENTS : AGENTS.filter(agent => agent.id === task);
  if (task !== undefined && !agents.length) {
    process.stderr.write(`The plan has no open task ${task}.\n`);
    return 1;
  }
  const foreign = input.split('\0').filter(file => file !== '' && !agents.some(agent => holds(agent.files, file)));
  for (const file of foreign) process.stderr.write(`${JSON.stringify(file)} is on no list of ${task ?? 'the plan'}.\n`);
  return foreign.length ? 1 : 0;
}

const HERE_ROOT = path.dirname(path.dirname(HERE));
process.exitCode = main(process.argv.slice(2));
