set -u
root=$(git rev-parse --show-toplevel) || exit 2
cd "$root" || exit 2
run=$root/.phaseplan/engine
trees=${PHASEPLAN_WORKTREES:-$(dirname "$root")/$(basename "$root")-worktrees}
merged=$trees/merged
names=()
started=()

# Where everything comes together. A run that ended early goes on from there.
if [ ! -e "$merged" ]; then
  if git rev-parse -q --verify "refs/heads/$branch" >/dev/null; then
    git worktree add -q "$merged" "$branch" || exit 2
  else
    git worktree add -q -b "$branch" "$merged" || exit 2
  fi
fi

# task NAME ID [after NAME…] [reports NAME…]: has the agent of a task at work in a worktree of its own.
task() {
  names+=("$1")
  sh "$run/task.sh" --ready "$@" || return 0
  local tree=$trees/$1
  [ -e "$tree" ] && git worktree remove --force "$tree"
  git worktree add -q -B "$branch-task-$1" "$tree" "$branch" || exit 2
  started+=("$1")
  (cd "$tree" && exec sh "$run/task.sh" "$@") &
}

# asked NAME ID: a decision, or somebody else's work.
asked() {
  names+=("$1")
  sh "$run/task.sh" --asked "$@"
}

# Commits what an agent left, and merges it. What an agent may not write is not merged.
land() {
  local tree=$trees/$1
  [ -f "$run/$1.done" ] || return 1
  git -C "$tree" add -A || return 1
  if [ -f .phaseplan/guard/hook.mjs ]; then
    git -C "$tree" diff --cached --name-only --no-renames -z | node .phaseplan/guard/hook.mjs staged "$2" || return 1
  fi
  git -C "$tree" diff --cached --quiet || git -C "$tree" commit -q -m "$2" || return 1
  git -C "$merged" merge -q --no-ff -m "Merge $2" "$branch-task-$1" && return 0
  git -C "$merged" merge --abort
  return 1
}

# end_of_phase NUMBER: waits for its agents and merges what they did.
end_of_phase() {
  wait
  local name
  for name in ${started[@]+"${started[@]}"}; do
    if land "$name" "$(cat "$run/$name.id")"; then
      git worktree remove --force "$trees/$name"
    else
      rm -f "$run/$name.done"
      echo "$name is not merged; its work is in $trees/$name." >&2
    fi
  done
  started=()
  git branch -q -f "$branch-phase-$1" "$branch"
}

