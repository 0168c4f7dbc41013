// Runs workflow scripts with made-up agents. Each line of standard input is a run, `{script, args, fates, seed}`, and is answered by a
// line `{events, prompts, phases, result, error}`. A fate says how the agents of a task end: "null", "throw", or "once" (the first
// ends with null, the second well). Agents take a random number of ticks; there is no clock, so a run depends on its seed alone.
import readline from 'node:readline';
import vm from 'node:vm';

for await (const line of readline.createInterface({ input: process.stdin })) {
  const run = JSON.parse(line);
  console.log(JSON.stringify(await carry_out(run).catch(error => ({ error: String(error.stack) }))));
}

async function carry_out({ script, args, fates, seed }) {
  const events = [], prompts = {}, phases = [], tries = new Map(), waiting = [];
  let state = seed, clock = 0;
  const draw = () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 2 ** 32;
  const ids = new Set(JSON.parse(/^const PHASES = (.*);$/m.exec(script)[1]).flatMap(phase => phase.ids));

  function agent(prompt, options) {
    const known = ['label', 'phase', 'model', 'agentType'];
    for (const option of Object.keys(options)) if (!known.includes(option)) throw new Error(`no option ${option}`);
    const id = [...ids].filter(id => options.label === id || options.label.startsWith(id + ' ')).sort((a, b) => b.length - a.length)[0];
    if (id === undefined) return Promise.resolve(answer_to(prompt));
    prompts[id] = prompt;
    phases.push(options.phase);
    const nth = tries.get(id) ?? 0, fate = fates[id];
    tries.set(id, nth + 1);
    const fails = fate === 'null' || fate === 'throw' || (fate === 'once' && nth === 0);
    events.push(['start', id]);
    return new Promise((resolve, reject) => {
      const end = () => {
        events.push([fails ? 'fail' : 'end', id]);
        if (!fails) resolve(`did ${id}`);
        else if (fate === 'throw') reject(new Error('cut off'));
        else resolve(null);
      };
      waiting.push({ at: clock + 1 + draw() * 20, end });
    });
  }
  /** What a model says that compares or commits. */
  function answer_to(prompt) {
    events.push([prompt.includes('git add') ? 'commit' : 'look', prompt]);
    return args.answers?.shift() ?? `HEAD ${'0'.repeat(40)}`;
  }
  const parallel = thunks => Promise.all(thunks.map(thunk => thunk().catch(() => null)));

  const body = script.replace('export const meta', 'const meta');
  const function_of = vm.runInNewContext(`(async (agent, parallel, phase, log, args) => { 'use strict';\n${body}\n})`,
    Object.create(null), { contextCodeGeneration: { strings: false, wasm: false } });
  let outcome = null;
  const run = function_of(agent, parallel, () => {}, () => {}, args);
  run.then(result => outcome = { result, error: null }, error => outcome = { error: String(error.stack) });
  for (;;) {
    await new Promise(setImmediate);
    if (outcome) break;
    if (!waiting.length) {
      await new Promise(setImmediate);
      outcome ??= { error: 'The script waits, and nobody is at work.' };
      break;
    }
    waiting.sort((a, b) => a.at - b.at);
    const next = waiting.shift();
    clock = next.at;
    next.end();
  }
  return { events, prompts, phases, ...outcome };
}
