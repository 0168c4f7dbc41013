#!/bin/sh
# Runs one task as a job of an engine, on the branch that all jobs share. Written by phaseplan.
#
#   job.sh NAME ID [after NAME…] [reports NAME…]
#
# BRANCH is the branch; it is made from the commit that is checked out if it is not there. Reports travel on it too.
set -u
name=$1
id=$2
run=.phaseplan/engine
cd "$(git rev-parse --show-toplevel)" || exit 2
git config user.name >/dev/null || git config user.name phaseplan
git config user.email >/dev/null || git config user.email phaseplan@localhost
if git fetch -q origin "$BRANCH" 2>/dev/null; then
  git checkout -q -B "$BRANCH" FETCH_HEAD || exit 2
else
  git checkout -q -B "$BRANCH" || exit 2
fi
sh "$run/task.sh" "$@"
git add -A && git commit -q -m "$id" || echo "$id changed nothing."
for try in 1 2 3 4 5 6 7 8 9 10; do
  git push -q origin "HEAD:$BRANCH" && break
  git pull -q --rebase origin "$BRANCH" || exit 1
done
[ -f "$run/$name.done" ]
