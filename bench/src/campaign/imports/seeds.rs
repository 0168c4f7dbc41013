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
    Seed { format: "json", files: &[("", include_str!("seeds/json/paste.txt"))] },
    Seed {
        format: "spec-kitty-tasks",
        files: &[("tasks.md", include_str!("seeds/spec-kitty-tasks/tasks.md"))],
    },
    Seed {
        format: "spec-kit",
        files: &[("specs/001-shop/tasks.md", include_str!("seeds/spec-kit/specs/001-shop/tasks.md"))],
    },
    Seed { format: "task-master", files: &[("tasks.json", include_str!("seeds/task-master/tasks.json"))] },
    Seed {
        format: "kiro",
        files: &[(".kiro/specs/shop/tasks.md", include_str!("seeds/kiro/kiro/specs/shop/tasks.md"))],
    },
    Seed {
        format: "openspec",
        files: &[
            ("changes/add-carts/tasks.md", include_str!("seeds/openspec/changes/add-carts/tasks.md")),
            ("changes/add-carts/design.md", include_str!("seeds/openspec/changes/add-carts/design.md")),
            ("changes/add-pay/tasks.md", include_str!("seeds/openspec/changes/add-pay/tasks.md")),
        ],
    },
    Seed { format: "openspec", files: &[("", include_str!("seeds/openspec-2/paste.txt"))] },
    Seed {
        format: "superpowers",
        files: &[(
            "docs/superpowers/plans/shop.md",
            include_str!("seeds/superpowers/docs/superpowers/plans/shop.md"),
        )],
    },
    Seed {
        format: "taskplane",
        files: &[
            ("tasks/TP-118-retry/PROMPT.md", include_str!("seeds/taskplane/tasks/TP-118-retry/PROMPT.md")),
            ("tasks/TP-117-queue/PROMPT.md", include_str!("seeds/taskplane/tasks/TP-117-queue/PROMPT.md")),
            ("tasks/TP-117-queue/.DONE", include_str!("seeds/taskplane/tasks/TP-117-queue/DONE")),
        ],
    },
    Seed {
        format: "gsd",
        files: &[
            ("p/01-carts/01-01-PLAN.md", include_str!("seeds/gsd/p/01-carts/01-01-PLAN.md")),
            ("p/01-carts/01-01-SUMMARY.md", include_str!("seeds/gsd/p/01-carts/01-01-SUMMARY.md")),
            ("p/01-carts/01-02-PLAN.md", include_str!("seeds/gsd/p/01-carts/01-02-PLAN.md")),
        ],
    },
    Seed {
        format: "spec-kitty",
        files: &[
            ("m/tasks/WP01-store.md", include_str!("seeds/spec-kitty/m/tasks/WP01-store.md")),
            ("m/tasks/WP02-page.md", include_str!("seeds/spec-kitty/m/tasks/WP02-page.md")),
            ("m/tasks.md", include_str!("seeds/spec-kitty/m/tasks.md")),
        ],
    },
    Seed {
        format: "backlog",
        files: &[
            ("backlog/tasks/task-2 - Shop.md", include_str!("seeds/backlog/backlog/tasks/task-2-Shop.md")),
            (
                "backlog/tasks/task-2.1 - Page.md",
                include_str!("seeds/backlog/backlog/tasks/task-2.1-Page.md"),
            ),
            (
                "backlog/completed/task-1 - Store.md",
                include_str!("seeds/backlog/backlog/completed/task-1-Store.md"),
            ),
        ],
    },
    Seed {
        format: "ccpm",
        files: &[
            ("e/001.md", include_str!("seeds/ccpm/e/001.md")),
            ("e/002.md", include_str!("seeds/ccpm/e/002.md")),
            ("e/003.md", include_str!("seeds/ccpm/e/003.md")),
            ("e/epic.md", include_str!("seeds/ccpm/e/epic.md")),
            ("e/001-analysis.md", include_str!("seeds/ccpm/e/001-analysis.md")),
        ],
    },
    Seed { format: "bmad", files: &[("sprint-status.yaml", include_str!("seeds/bmad/sprint-status.yaml"))] },
    Seed {
        format: "github-actions",
        files: &[(".github/workflows/ci.yml", include_str!("seeds/github-actions/github/workflows/ci.yml"))],
    },
    Seed {
        format: "beads",
        files: &[(".beads/issues.jsonl", include_str!("seeds/beads/beads/issues.jsonl"))],
    },
    Seed { format: "ralph", files: &[("prd.json", include_str!("seeds/ralph/prd.json"))] },
    Seed {
        format: "auto-claude",
        files: &[("implementation_plan.json", include_str!("seeds/auto-claude/implementation_plan.json"))],
    },
    Seed { format: "zerg", files: &[("task-graph.json", include_str!("seeds/zerg/task-graph.json"))] },
    Seed {
        format: "opencode-swarm",
        files: &[
            (".swarm/plan.json", include_str!("seeds/opencode-swarm/swarm/plan.json")),
            (
                ".swarm/scopes/scope-2.1.json",
                include_str!("seeds/opencode-swarm/swarm/scopes/scope-2.1.json"),
            ),
            ("notes.md", include_str!("seeds/opencode-swarm/notes.md")),
        ],
    },
    Seed { format: "vbrief", files: &[("shop.vbrief.json", include_str!("seeds/vbrief/shop.vbrief.json"))] },
    Seed {
        format: "kiro-workflow",
        files: &[(
            ".kiro/workflows/ship.workflow.json",
            include_str!("seeds/kiro-workflow/kiro/workflows/ship.workflow.json"),
        )],
    },
    Seed {
        format: "claude-workflow",
        files: &[(
            ".claude/workflows/shop.js",
            include_str!("seeds/claude-workflow/claude/workflows/shop.js"),
        )],
    },
    Seed {
        format: "claude-tasks",
        files: &[
            ("t/1.json", include_str!("seeds/claude-tasks/t/1.json")),
            ("t/2.json", include_str!("seeds/claude-tasks/t/2.json")),
            ("t/.lock", include_str!("seeds/claude-tasks/t/lock")),
        ],
    },
    Seed { format: "claude-tasks", files: &[("", include_str!("seeds/claude-tasks-2/paste.txt"))] },
    Seed { format: "csv", files: &[("plan.csv", include_str!("seeds/csv/plan.csv"))] },
    Seed { format: "mermaid", files: &[("order.md", include_str!("seeds/mermaid/order.md"))] },
    Seed { format: "dot", files: &[("plan.dot", include_str!("seeds/dot/plan.dot"))] },
    Seed { format: "any-json", files: &[("", include_str!("seeds/any-json/paste.txt"))] },
    Seed { format: "any-json", files: &[("rows.jsonl", include_str!("seeds/any-json-2/rows.jsonl"))] },
    Seed {
        format: "task-files",
        files: &[
            ("tasks/01-store.md", include_str!("seeds/task-files/tasks/01-store.md")),
            ("tasks/02-page.md", include_str!("seeds/task-files/tasks/02-page.md")),
            ("tasks/03-docs.md", include_str!("seeds/task-files/tasks/03-docs.md")),
        ],
    },
    Seed { format: "any-yaml", files: &[("plan.yaml", include_str!("seeds/any-yaml/plan.yaml"))] },
    Seed { format: "markdown", files: &[("plan.md", include_str!("seeds/markdown/plan.md"))] },
    Seed { format: "markdown", files: &[("", include_str!("seeds/markdown-2/paste.txt"))] },
    Seed { format: "markdown", files: &[("", include_str!("seeds/markdown-3/paste.txt"))] },
    Seed { format: "text", files: &[("", include_str!("seeds/text/paste.txt"))] },
];
