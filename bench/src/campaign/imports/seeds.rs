//! A short, sound input of each format: what campaigns damage.

/// A format by its id, and files that it reads. A single file without a path is a paste.
pub struct Seed {
    /// As in [`phaseplan::import::Format::id`].
    pub format: &'static str,
    /// Paths and texts.
    pub files: &'static [(&'static str, &'static str)],
}

/// At least one input for each format.
pub static SEEDS: &[Seed] = &[
    Seed {
        format: "json",
        files: &[(
            "",
            r#"{"format": "phaseplan/1", "title": "Shop", "settings": {"max_parallel": 3}, "colour": 1,
"resources": [{"name": "db", "capacity": 1}], "tasks": [
{"id": "T1", "title": "Store carts", "owns": ["src/store/**"], "minutes": 20, "uses": [{"resource": "db", "amount": 1}]},
{"id": "T2", "title": "Show carts", "owns": ["src/page.rs"], "reads": ["src/store/api.rs"], "after": ["T1"],
"minutes": {"low": 5, "likely": 10, "high": 30}, "status": "done", "group": "Pages", "odd": [1, {"a": null}]}]}"#,
        )],
    },
    Seed {
        format: "spec-kitty-tasks",
        files: &[(
            "tasks.md",
            "# Work Packages: Shop\n\n## Work Package WP01: Store (Priority: P0)\n\n**Goal**: Store.\n\n\
             ### Included Subtasks\n- [x] T001 Add `src/store.ts`\n- [ ] T002 [P] Add `src/cart.ts`\n\
             - [ ] T003 [P] Write `src/orders.ts`\n\n### Parallel Opportunities\n- T002-T003 can be written \
             together\n\n### Dependencies\n- None\n- **Blocks**: WP03\n\n## WP02 – Page\n- [ ] T004 Show \
             carts\n\n### Dependencies\n- Depends on WP01 (store)\n- **No conflicts with**: WP03\n\n\
             ## WP03: Pay\n- [ ] T005 Payment form\n\n## Table\n| T001 | Add | WP01 |\n",
        )],
    },
    Seed {
        format: "spec-kit",
        files: &[(
            "specs/001-shop/tasks.md",
            "# Tasks: Shop\n\n## Phase 1: Setup\n\n- [x] T001 Add `nodemailer` to `package.json`\n\
             - [-] T002 [P] Create `tool/migrate.sh`, writing to `var/migrations/`\n\n## Phase 2: \
             Foundational\n\n- [ ] T003 [P] Create the model in src/models/cart.ts\n- [ ] T004 Create \
             `mailer.ts` and `queue.ts` in\n  `src/mail/` (depends on T003,\n  T002)\n\n**Checkpoint**: mails \
             go out\n\n## Phase 3: User Story 1 - Subscribe (Priority: P1)\n\n### Tests\n- [ ] T005 [P] [US1] \
             Test the form in `tests/form.test.ts`\n\n### Implementation\n- [ ] T006 [US1] Register \
             `/subscribe` in `src/router.ts` (depends on T005, T099)\n\n  ```sh\n  - [ ] T901 sample\n  \
             ```\n\n## Dependencies\n- T006 depends on T003\n",
        )],
    },
    Seed {
        format: "task-master",
        files: &[(
            "tasks.json",
            r#"{"master": {"tasks": [
{"id": 1, "title": "Store carts", "description": "In src/store.ts", "status": "done", "dependencies": [], "priority": "high",
"details": "Write src/store.ts", "testStrategy": "Run the tests", "subtasks": [
{"id": 1, "title": "Table", "status": "pending", "dependencies": [], "details": "db/table.sql"},
{"id": 2, "title": "Access", "status": "in-progress", "dependencies": [1, "1.1"], "relevantFiles": [{"path": "src/db.ts"}]}]},
{"id": "2", "title": "Show carts", "status": "pending", "dependencies": ["1", 9]}], "metadata": {"version": "1"}},
"other": {"tasks": [{"id": 1, "title": "Pay", "status": "deferred", "dependencies": ["1.2"]}]}}"#,
        )],
    },
    Seed {
        format: "kiro",
        files: &[(
            ".kiro/specs/shop/tasks.md",
            "# Implementation Plan: Shop\n\n## Tasks\n\n- [ ] 1. Carts\n  - [x] 1.1 Store carts\n    - Create \
             `src/store.ts`\n    - _Requirements: 1.1, 2.3_\n\n  - [ ]* 1.2 Write property tests\n    - \
             **Validates: Requirements 1.1**\n  - [-] 1.3 Show carts in `src/page.ts`\n\n- [ ] 2. Checkpoint \
             - Ensure all tests pass\n  - Ask the user if questions arise.\n\n- [ ] 3. Payment\n  - [ ] 3.1 Pay \
             (P)\n    - _Dependencies: 1.1_\n  - [ ] detail without number\n",
        )],
    },
    Seed {
        format: "openspec",
        files: &[
            (
                "changes/add-carts/tasks.md",
                "## 1. Store\n\n- [x] 1.1 Add `src/store.ts`\n- [ ] 1.2 Test it in `tests/store.ts`\n  - [ ] with \
                 two carts\n\n## 2. Page\n- [ ] 2.1 Show carts in `src/page.ts` (depends on 1.1)\n",
            ),
            ("changes/add-carts/design.md", "# Design\n\nCarts live in a table.\n"),
            ("changes/add-pay/tasks.md", "- [ ] Payment form\n- [ ] Test paying\n"),
        ],
    },
    Seed {
        format: "openspec",
        files: &[(
            "",
            "## 1. Store\n\n- [x] 1.1 Add `src/store.ts`\n- [ ] 1.2 Test it\n\n## 2. Page\n- [ ] 2.1 Show\n",
        )],
    },
    Seed {
        format: "superpowers",
        files: &[(
            "docs/superpowers/plans/shop.md",
            "# Shop Implementation Plan\n\n**Goal:** Sell.\n\n---\n\n### Task 1: Store carts\n\n**Files:**\n\
             - Create: `src/store.ts`\n- Modify: `src/router.ts:123-145`\n- Test: `tests/store.test.ts`\n\n\
             **Interfaces:**\n- Produces: `Store`\n\n- [x] **Step 1: Write the failing test**\n\n```ts\n\
             ### Task 9: in code\n```\n\n- [ ] **Step 2: Make it pass**\n\n### Task 2: Payment\n\n**Files:**\n\
             - Create: `src/pay.ts`\n\n**Interfaces:**\n- Consumes: `Store` from Task 1\n\n## Notes\n\nNo task.\n",
        )],
    },
    Seed {
        format: "taskplane",
        files: &[
            (
                "tasks/TP-118-retry/PROMPT.md",
                "# TP-118 Retry uploads\n\n**Size:** M\n\n## File Scope\n- `src/upload/*`\n- \
                 `src/queue/retry.ts`\n\n## Context to Read First\n- `docs/queue.md`\n\n## Dependencies\n- \
                 **Task:** TP-117 (queue must exist)\n- **External:** a database\n\n## Step 1: Back-off\n- [x] Add \
                 the delays in `src/queue/retry.ts`\n## Step 2: Wire\n- [ ] Call it\n",
            ),
            (
                "tasks/TP-117-queue/PROMPT.md",
                "# Task: TP-117 - Queue\n## File Scope\nsrc/queue/table.ts\n## Dependencies\n**None**\n",
            ),
            ("tasks/TP-117-queue/.DONE", "x"),
        ],
    },
    Seed {
        format: "gsd",
        files: &[
            (
                "p/01-carts/01-01-PLAN.md",
                "---\nphase: 01-carts\nplan: 01\nwave: 1\ndepends_on: []\nfiles_modified:\n  - src/cart.rs\n\
                 autonomous: true\n---\n<objective>\nStore carts.\n</objective>\n<context>\n@.planning/PROJECT.md\n\
                 @src/db.rs\n</context>\n<task type=\"auto\">\n<files>src/x.rs,\n src/y.rs</files>\n\
                 <verify>run</verify>\n</task>\n",
            ),
            ("p/01-carts/01-01-SUMMARY.md", "---\nphase: 01\nplan: 01\n---\nDone.\n"),
            (
                "p/01-carts/01-02-PLAN.md",
                "---\nphase: 01-carts\nplan: \"02\"\nwave: 2\ndepends_on: [\"01-01\"]\nfiles_modified: \
                 [src/page.rs]\nautonomous: false\n---\n<objective>Show carts</objective>\n",
            ),
        ],
    },
    Seed {
        format: "spec-kitty",
        files: &[
            (
                "m/tasks/WP01-store.md",
                "---\nwork_package_id: WP01\ntitle: Store\ndependencies: []\nsubtasks: [T001, T002]\nphase: Phase 1\n\
                 owned_files:\n- src/store/**\nlane: done\n---\n\n# Store\n",
            ),
            (
                "m/tasks/WP02-page.md",
                "---\nwork_package_id: \"WP02\"\ntitle: 'Page: all of it'\ndependencies: [WP01]\nowned_files: \
                 [src/page.rs]\n---\n\n- [ ] Draw the page\n",
            ),
            ("m/tasks.md", "# Tasks\n"),
        ],
    },
    Seed {
        format: "backlog",
        files: &[
            (
                "backlog/tasks/task-2 - Shop.md",
                "---\nid: task-2\ntitle: Shop\nstatus: To Do\nassignee: []\ncreated_date: '2026-01-02'\ndependencies: \
                 []\n---\n\n## Description\nText.\n\n## Acceptance Criteria\n- [ ] #1 It sells\n",
            ),
            (
                "backlog/tasks/task-2.1 - Page.md",
                "---\nid: task-2.1\ntitle: Page\nstatus: In Progress\nassignee: [ann]\ncreated_date: '2026-01-02'\n\
                 dependencies: [task-1]\nparent_task_id: task-2\nmodified_files: [src/a.rs]\n---\n\nText.\n",
            ),
            (
                "backlog/completed/task-1 - Store.md",
                "---\nid: task-1\ntitle: Store\nstatus: Done\nassignee: []\ncreated_date: '2026-01-02'\ndependencies: \
                 []\n---\n",
            ),
        ],
    },
    Seed {
        format: "ccpm",
        files: &[
            (
                "e/001.md",
                "---\nname: Store\nstatus: open\nparallel: true\ndepends_on: []\n---\n\n# Task: Store\n",
            ),
            (
                "e/002.md",
                "---\nname: Page\nstatus: closed\nparallel: true\ndepends_on: [001]\nconflicts_with: [3]\n---\n\n# Page\n",
            ),
            ("e/003.md", "---\nname: Pay\nstatus: open\nparallel: []\ndepends_on:\n  - 1\n  - '#9'\n---\n"),
            ("e/epic.md", "---\nname: Carts\nstatus: open\nprogress: 10%\n---\n"),
            ("e/001-analysis.md", "---\nissue: 1\ntitle: x\n---\n"),
        ],
    },
    Seed {
        format: "bmad",
        files: &[(
            "sprint-status.yaml",
            "# remarks\nproject: shop\ndevelopment_status:\n  epic-1: in-progress\n  1-1-store-carts: done # today\n  \
             1-2-show-carts: review\n  epic-1-retrospective: optional\n\n  epic-2: backlog\n  2-1-pay: \
             ready-for-dev\n  odd-fix: included\n",
        )],
    },
    Seed {
        format: "github-actions",
        files: &[(
            ".github/workflows/ci.yml",
            "name: CI\non: [push]\njobs:\n  test: &t\n    runs-on: x\n    steps:\n      - run: |\n          make\n  \
             lint:\n    name: Lint ${{ matrix.os }}\n    runs-on: x\n  ship:\n    name: Ship it\n    needs: [test, \
             lint]\n    uses: ./a.yml\n  last:\n    needs: ship\n    runs-on: x\n  again: *t\n",
        )],
    },
    Seed {
        format: "beads",
        files: &[(
            ".beads/issues.jsonl",
            r#"{"id":"s-2","title":"Page","status":"open","issue_type":"task","dependencies":[{"issue_id":"s-2","depends_on_id":"s-1","type":"blocks"},{"issue_id":"s-2","depends_on_id":"s-9","type":"parent-child"}]}
{"id":"s-1","title":"Store carts in src/cart.rs","status":"closed","issue_type":"task","estimated_minutes":30}
{"id":"s-9","title":"Shop","status":"open","issue_type":"epic","dependencies":[{"issue_id":"s-9","depends_on_id":"s-1","type":"related"}]}
{"_type":"memory","key":"a","value":1}
{"id":"s-3","title":"Gone","status":"tombstone","issue_type":"task"}
"#,
        )],
    },
    Seed {
        format: "ralph",
        files: &[(
            "prd.json",
            r#"{"project": "Shop", "branchName": "shop", "userStories": [
{"id": "US-2", "title": "Page", "priority": 2, "passes": false, "acceptanceCriteria": ["it builds"], "notes": "after US-1"},
{"id": "US-1", "title": "Store", "priority": 1, "passes": true, "description": "Write src/store.ts"}], "knownIssues": [1]}"#,
        )],
    },
    Seed {
        format: "auto-claude",
        files: &[(
            "implementation_plan.json",
            r#"{"feature": "Shop", "phases": [
{"id": "p1", "name": "Base", "depends_on": [], "parallel_safe": true, "subtasks": [
{"id": "s1", "description": "Store", "files_to_create": ["./src/a.rs"], "status": "completed"},
{"id": "s2", "description": "Pay", "files_to_modify": ["src/b.rs"], "patterns_from": ["src/a.rs"]}]},
{"id": "p2", "name": "Page", "depends_on": ["p1"], "subtasks": [
{"id": "s3", "description": "Show", "files_to_modify": ["src/c.rs"],
"verification": {"type": "command", "command": "make", "expected": "OK"}}]},
{"phase": 3, "name": "None", "chunks": []}]}"#,
        )],
    },
    Seed {
        format: "zerg",
        files: &[(
            "task-graph.json",
            r#"{"feature": "shop", "tasks": [
{"id": "S-L1-001", "title": "Types", "level": 1, "dependencies": [],
"files": {"create": ["src/types.ts"], "modify": [], "read": []}, "estimate_minutes": 15},
{"id": "S-L2-001", "title": "Cart", "level": 2, "dependencies": ["S-L1-001"],
"files": {"create": ["src/cart.ts"], "modify": [], "read": ["src/types.ts"]},
"verification": {"command": "npm test", "timeout_seconds": 60}}],
"levels": {"1": {"name": "base", "tasks": ["S-L1-001"], "parallel": true}}}"#,
        )],
    },
    Seed {
        format: "opencode-swarm",
        files: &[
            (
                ".swarm/plan.json",
                r#"{"schema_version": "1.0.0", "title": "Shop", "swarm": "default", "current_phase": 1, "phases": [
{"id": 1, "name": "Base", "status": "complete", "tasks": [
{"id": "1.1", "phase": 1, "status": "completed", "size": "small", "description": "Store carts",
"depends": [], "files_touched": ["src/a.ts"]}]},
{"id": 2, "name": "Page", "status": "pending", "tasks": [
{"id": "2.1", "phase": 2, "status": "pending", "description": "Show it", "depends": ["1.1"],
"acceptance": "it shows", "files_touched": []}]}]}"#,
            ),
            (
                ".swarm/scopes/scope-2.1.json",
                r#"{"taskId": "2.1", "files": ["src/page", "src/app.ts"], "declaredAt": 1}"#,
            ),
            ("notes.md", "# Notes\n"),
        ],
    },
    Seed {
        format: "vbrief",
        files: &[(
            "shop.vbrief.json",
            r#"{"vBRIEFInfo": {"version": "0.6"}, "plan": {"title": "Shop", "status": "approved", "items": [
{"id": "a", "title": "Store", "status": "completed", "metadata": {"files": ["src/a.rs"], "kind": "requirement"}},
{"id": "b", "title": "Page", "status": "pending", "subItems": [
{"id": "b.1", "title": "Show", "status": "running", "subItems": [
{"id": "ac", "title": "it shows", "metadata": {"kind": "acceptance_criterion"}}]}]}],
"edges": [{"from": "a", "to": "b", "type": "blocks"}, {"from": "b", "to": "a", "type": "informs"}]}}"#,
        )],
    },
    Seed {
        format: "kiro-workflow",
        files: &[(
            ".kiro/workflows/ship.workflow.json",
            r#"{"name": "ship", "steps": [
{"type": "step", "id": "plan", "agent": "planner", "prompt": "Plan the cart in docs/plan.md"},
{"type": "parallel", "id": "build", "joinPolicy": "all", "branches": [
{"type": "step", "id": "api", "agent": "coder", "prompt": "Write src/api.rs"},
{"type": "sequence", "id": "web", "steps": [
{"type": "step", "id": "page", "agent": "coder", "prompt": "Write src/page.rs"}]}]},
{"type": "repeat", "id": "polish", "maxIterations": 3, "steps": [
{"type": "step", "id": "review", "agent": "reviewer", "prompt": "Review it"}]}]}"#,
        )],
    },
    Seed {
        format: "claude-workflow",
        files: &[(
            ".claude/workflows/shop.js",
            r#"export const meta = {
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
"#,
        )],
    },
    Seed {
        format: "claude-tasks",
        files: &[
            (
                "t/1.json",
                r#"{"id": "1", "subject": "Store carts", "description": "In src/cart.rs", "activeForm": "Storing carts",
"status": "completed", "blocks": ["2"], "blockedBy": []}"#,
            ),
            (
                "t/2.json",
                r#"{"id": "2", "subject": "Show carts", "owner": "web", "status": "in_progress", "blocks": [], "blockedBy": ["1"]}"#,
            ),
            ("t/.lock", "{}"),
        ],
    },
    Seed {
        format: "claude-tasks",
        files: &[("", r#"{"todos": [{"content": "Store", "status": "pending", "activeForm": "Storing"}]}"#)],
    },
    Seed {
        format: "csv",
        files: &[(
            "plan.csv",
            "Id;Task;Depends on;Files;Hours;Status\nA1;Store;;src/store/**;1.5;done\n\
             A2;Page;A1, A9;\"web/a.ts, ./web/b.ts\";;open\nA3;\"Say \"\"hi\"\"\nloudly\";#2;;3;\n",
        )],
    },
    Seed {
        format: "mermaid",
        files: &[(
            "order.md",
            "# Order\n\n```mermaid\nflowchart LR\n  subgraph s [Back end]\n  A[Store carts] --> B[Cart page<br/>2h]\n  \
             end\n  A & B --> C{Router}:::hot\n  s -.-> D\n```\n\n~~~mermaid\ngantt\nsection S\nOne: a, 1d\nTwo: 2d\n\
             Three: after a, 1d\n~~~\n",
        )],
    },
    Seed {
        format: "dot",
        files: &[(
            "plan.dot",
            "// remark\nstrict digraph \"My plan\" {\n rankdir = \"LR\"; node [shape=box]\n 0 [label=\"Store\\ncarts\"]\n \
             1 [label=<<b>Cart</b> page>, color=red];\n 0 -> 1 -> {2 3} [label=x]\n subgraph cluster_a{label=\"Back \
             end\";a b}\n \"do it all\" /* why */ -> 0:port:n\n}\n",
        )],
    },
    Seed {
        format: "any-json",
        files: &[(
            "",
            r#"{"name": "Shop", "tasks": [
{"id": "a", "title": "Store", "write_set": ["src/store.rs"], "read_set": "docs/a.md", "hours": 2},
{"key": "b", "name": "Page", "scope_paths": ["web/"], "blocked_by": ["a"], "state": "In Progress", "colour": "red", "wave": 2}],
"edges": [{"from": "a", "to": "b"}]}"#,
        )],
    },
    Seed {
        format: "any-json",
        files: &[(
            "rows.jsonl",
            "{\"id\": \"a\", \"title\": \"A\", \"deps\": [\"b\"]}\nwhat\n{\"id\": \"b\", \"title\": \"B\"}\n{\"x\": 1}\n",
        )],
    },
    Seed {
        format: "any-yaml",
        files: &[(
            "plan.yaml",
            "title: &t Shop\ntasks:\n  - id: store\n    title: Store carts\n    owns: [server/cart/**]\n  - id: 007\n    \
             title: *t\n    depends_on: [store]\n    write_set: [web/cart/**]\n    notes: |\n      Two\n      lines\n",
        )],
    },
    Seed {
        format: "markdown",
        files: &[(
            "plan.md",
            "# Plan: quota\n\n## Context\nUsers do not see it.\n\n### Task 1: Endpoint\nFiles: src/quota.ts (new), \
             src/router.ts\nDepends on: none\nEstimate: 2 hours\n\n### Task 2: Widget\n**Files**: \
             `web/Widget.tsx`\n**Dependencies: Task 1**\n\n#### Acceptance Criteria\n- [ ] It shows\n\n### Task 3: \
             Limits ✅\n#### Files Changed\n- `src/limits.ts`\n",
        )],
    },
    Seed {
        format: "markdown",
        files: &[(
            "",
            "| Task | Files | After |\n|---|---|---|\n| Store | src/a.ts | |\n| Page | `src/b.ts` | Store |\n",
        )],
    },
    Seed {
        format: "markdown",
        files: &[(
            "",
            "# Todo\n\n1. Store carts in `src/a.ts`\n   - [ ] with a table\n2. Show carts\n   1. Page\n   2. Style\n",
        )],
    },
    Seed {
        format: "text",
        files: &[(
            "",
            "# Shop\n> at most 3\n> capacity: db 2\n\n## Pages\n- [x] T1 Store carts @owns(src/store/**, !src/store/x) ~20m\n\
             - T2 Show carts @after(T1) @reads(src/store/api.rs) @uses(db 2)\n  Tell them\n  all of it.\n- [~] A-003 `@ann` Pay\n",
        )],
    },
];
