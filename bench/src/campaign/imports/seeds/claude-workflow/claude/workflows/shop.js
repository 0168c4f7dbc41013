export const meta = {
  name: 'shop',
  description: 'Sell things.',
  phases: [{ title: 'Build', detail: 'in small steps', model: 'haiku' }, { title: 'Check' }],
}
const RULES = 'Change nothing else.'
phase('Build')
const plan = await agent("Plan the cart in docs/plan.md", { label: "plan" }) // agent('no')
const [api, page] = await parallel([
  () => agent(`Write src/api.rs. ${plan}`, { label: 'api', schema: { type: 'object' } }),
  async () => {
    await agent('Write src/page.rs. ' + RULES, { label: 'page', model: 'opus' })
    return agent('Write src/style.css', { label: 'style', agentType: 'designer' })
  },
])
phase('Check')
for (const file of [api, page]) {
  if (/a[/]b/.test(file)) await agent('Review it', { label: 'review', phase: 'Check' })
}
await pipeline([1, 2], (n) => agent('Sort'), (n) => agent('Test'))
